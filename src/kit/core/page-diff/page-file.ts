import { UserError } from '../text/user-error.ts';

/** A page that is not read, since reading it would cost more than any true page does. */
export class PageError extends UserError {
  override readonly name = 'PageError';

  constructor(found: string, expected: string) {
    super(
      `The page has ${found}, expected ${expected}. No page of a true copy is so large: ` +
        'look at it in a text editor, not in a browser.',
    );
  }
}

/** A hundred times what our pages have, so that a file with a whole language in it is read too. */
export const pageLimits = {
  maxBytes: 4 * 2 ** 20,
  /** Elements, attributes, texts and comments together: each costs memory of its own. */
  maxMarks: 150_000,
  /** Elements that are open at once; Chromium opens no more. */
  maxDepth: 512,
} as const;

/**
 * The text of a page's bytes, by its byte order mark, and else as UTF-8. What is no UTF-8 becomes
 * U+FFFD, and so a difference; that a page asks to be read in another encoding is one too, since
 * its `charset` is compared.
 * @throws {PageError} if there are more than `pageLimits.maxBytes`
 */
export function decodePage(bytes: Uint8Array): string {
  if (bytes.length > pageLimits.maxBytes)
    throw new PageError(`${bytes.length} bytes`, `at most ${pageLimits.maxBytes}`);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
