import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isText } from './habit.ts';

/** What hosts take when they compress on the way; the best quality is for files that are compressed ahead. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * Compresses a text for those who accept it, as hosts do on the way.
 * @param accepted the header `accept-encoding`
 */
export function compress(
  body: Buffer,
  contentType: string,
  encoding: 'gzip' | 'br',
  accepted: string,
): { body: Buffer; headers: Record<string, string> } {
  if (!isText(contentType)) return { body, headers: {} };
  const vary = { vary: 'Accept-Encoding' };
  if (!accepts(accepted, encoding)) return { body, headers: vary };
  return {
    body: encoding === 'br' ? brotliCompressSync(body, quick) : gzipSync(body),
    headers: { ...vary, 'content-encoding': encoding },
  };
}

function accepts(header: string, encoding: string): boolean {
  const choices = header
    .split(',')
    .map((choice) => choice.split(';').map((part) => part.trim().toLowerCase()));
  return choices.some(
    ([name, ...settings]) =>
      name === encoding && !settings.some((setting) => /^q=0(\.0*)?$/.test(setting)),
  );
}
