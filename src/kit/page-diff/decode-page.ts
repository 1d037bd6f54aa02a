import { PageError, pageLimits } from './page-error.ts';

/**
 * The text of a page's bytes, by its byte order mark, and else as UTF-8. What is no UTF-8 becomes U+FFFD, and so a difference;
 * that a page asks to be read in another way is one too, since its `charset` is compared.
 * Throws PageError if there are more than `pageLimits.maxBytes`.
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
