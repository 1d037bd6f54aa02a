import type { Fault } from '../read/fault.ts';

/** What a parser of the mirror's formats says: where in its file, and a sentence with what it found and expected. */
interface FormatError extends Error {
  readonly line?: number | undefined;
}

/** The sentence of a parser as a fault of the file that it has read. */
export function describeFormat(file: string, { message, line }: FormatError, fix: string): Fault {
  const sentence = message.replace(/^(?:EDITION\.txt|SHA256SUMS)(?:, line \d+)?: |\.$/g, '');
  const [, found = sentence, expected = 'a file as our commands and minisign write it'] =
    /^([^]*?)[,;:] expected ([^]*)$/.exec(sentence) ?? [];
  return { file, ...(line !== undefined && { line }), found, expected, fix };
}
