import type { Reply } from './ask.ts';
import type { Deadline } from './deadline.ts';
import { explainError } from './explain-error.ts';
import { WebFault } from './web-fault.ts';

/**
 * The bytes of an answer as they come over the line. Whoever stops early ends the connection.
 * @param stallSeconds the longest wait for the next piece; the time that the reader takes for one does not count
 * @throws WebFault while it is read, also if the answer is shorter than it says
 */
export async function* readBody(
  { response, failure }: Reply,
  deadline: Deadline,
  stallSeconds: number,
): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<Buffer> = response[Symbol.asyncIterator]();
  const stall = () =>
    new WebFault('unreachable', `the answer stopped for ${stallSeconds} seconds`, {
      again: 'later',
    });
  try {
    for (;;) {
      const end = deadline.watch(stallSeconds, stall, (fault) => response.destroy(fault));
      const step = await pieces.next().finally(end);
      if (step.done) return;
      yield step.value;
    }
  } catch (error) {
    if (error instanceof WebFault) throw error;
    if (failure()) throw explainError(failure());
    // Attack: part of a file passes for all of it.
    throw new WebFault('unreachable', 'the answer was cut off', { again: 'later', cause: error });
  } finally {
    response.destroy(); // leaves the connection alone if the answer is over
  }
}
