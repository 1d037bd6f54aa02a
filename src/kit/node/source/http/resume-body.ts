import { createHash } from 'node:crypto';
import { WebFault } from './web-fault.ts';

type Body = AsyncGenerator<Buffer>;

/**
 * The bytes of a file from as many answers as it takes: where one breaks off, the next is passed over up to there.
 * Attack: a host breaks off true bytes and goes on with others; so what is passed over must be what was given out.
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
