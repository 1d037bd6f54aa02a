import { createHash } from 'node:crypto';
import { type Reply, explainError } from './request.ts';
import type { Deadline } from './limits.ts';
import { WebFault } from './address.ts';

/**
 * The bytes of an answer as they come over the line. Whoever stops early ends the connection.
 * @param stallSeconds the longest wait for the next piece; the time that the reader takes for one
 *   does not count
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
  let [waited, bytes] = [0, 0];
  try {
    for (;;) {
      const end = deadline.watch(stallSeconds, stall, (fault) => response.destroy(fault));
      const start = performance.now();
      const step = await pieces.next().finally(end);
      if (step.done) return;
      waited += (performance.now() - start) / 1000;
      bytes += step.value.length;
      // Attack: a byte each few seconds, so that nothing stalls and nothing ends.
      if (waited > stallSeconds && bytes / waited < minBytesPerSecond)
        throw new WebFault(
          'unreachable',
          `the answer came to ${bytes} bytes in ${Math.round(waited)} seconds, expected at least ${minBytesPerSecond} a second`,
        );
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

/** A tenth of the slowest modem: whoever sends less wants the checker to wait. */
const minBytesPerSecond = 30;

type Body = AsyncGenerator<Buffer>;

/**
 * The bytes of a file from as many answers as it takes: where one breaks off, the next is passed
 * over up to there. Attack: a host breaks off true bytes and goes on with others; so what is passed
 * over must be what was given out.
 * @param next another answer, from its beginning; it throws where no further try is left
 * @throws WebFault while it is read
 */
export async function* resumeBody(first: Body, next: (fault: WebFault) => Promise<Body>): Body {
  const given = createHash('sha256');
  let length = 0;
  for (let body = first; ;) {
    try {
      for await (const piece of skip(body, length, given.copy().digest('hex'))) {
        given.update(piece);
        length += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      if (!(error instanceof WebFault)) throw error;
      body = await next(error);
    }
  }
}

/** A body without its beginning, which must have this length and hash. */
async function* skip(body: Body, length: number, expected: string): Body {
  if (length === 0) {
    yield* body;
    return;
  }
  const passed = createHash('sha256');
  let left = length;
  for await (const piece of body) {
    const known = piece.subarray(0, left);
    passed.update(known);
    left -= known.length;
    if (left > 0) continue;
    if (known.length > 0 && passed.copy().digest('hex') !== expected) throw changed();
    if (known.length < piece.length) yield piece.subarray(known.length);
  }
  if (left > 0) throw changed();
}

const changed = (): WebFault =>
  new WebFault(
    'unreadable',
    'the answer broke off, and the next one began with other bytes, expected the same file',
  );

/**
 * All pieces as one. Attack: pieces of one byte each, of which a list would take a hundred times
 * their size. So they are copied as they come.
 */
export async function joinPieces(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let room = Buffer.alloc(16 * 1024);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > room.length) {
      const larger = Buffer.alloc(Math.max(2 * room.length, length + piece.length));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  }
  return room.subarray(0, length);
}
