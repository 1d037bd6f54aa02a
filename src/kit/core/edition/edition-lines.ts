import { KeyError } from '../minisign/public-key.ts';
import { countUtf8, decodeUtf8, findBrokenLine, hiddenCharacter } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import { UserError } from '../text/user-error.ts';

/** More than any true EDITION.txt has, in bytes. */
export const maxEditionBytes = 16_384;

/**
 * An EDITION.txt that is not what it should be; `line` counts from 1, undefined if the fault has no
 * line.
 */
export class EditionError extends UserError {
  override readonly name = 'EditionError';
  readonly line: number | undefined;
  /** Whether it is of a later format, of which this program can say nothing. */
  readonly isNewer: boolean;

  constructor(line: number | undefined, message: string, options: EditionErrorOptions = {}) {
    const { file = 'EDITION.txt', isNewer = false, ...cause } = options;
    super(`${file}${line === undefined ? '' : `, line ${line}`}: ${message}.`, cause);
    this.line = line;
    this.isNewer = isNewer;
  }
}

interface EditionErrorOptions extends ErrorOptions {
  /** The file as messages name it. */
  readonly file?: string;
  readonly isNewer?: boolean;
}

/** The lines of an EDITION.txt that anyone may have written, read one after the other. */
export class EditionLines {
  /** Of the next line, from 1. */
  number = 1;
  readonly #lines: readonly string[];
  readonly #file: string;

  /**
   * @param file the file as messages name it
   * @param maxBytes it may have
   */
  constructor(bytes: Uint8Array, file = 'EDITION.txt', maxBytes = maxEditionBytes) {
    this.#file = file;
    const refuse = (line: number | undefined, what: string): EditionError =>
      new EditionError(line, what, { file });
    if (bytes.length > maxBytes)
      throw refuse(undefined, `it has ${bytes.length} bytes, expected at most ${maxBytes}`);
    const text = decodeUtf8(bytes);
    if (text === undefined)
      throw refuse(findBrokenLine(bytes), 'bytes that are no UTF-8, expected text in UTF-8');
    const lines = text.split('\n');
    if (lines.at(-1) !== '')
      throw refuse(
        lines.length,
        `${quoteName(lines.at(-1) ?? '')} without a line end, expected LF after each line`,
      );
    this.#lines = lines.slice(0, -1);
  }

  has(key: string): boolean {
    return this.startsWith(`${key}: `);
  }

  /** Whether the next line begins with these characters. */
  startsWith(characters: string): boolean {
    return this.#lines[this.number - 1]?.startsWith(characters) === true;
  }

  isAtEnd(): boolean {
    return this.number > this.#lines.length;
  }

  /**
   * Passes the lines from the next on that begin with these characters, and gives the rest of each.
   */
  readQuoted(characters: string): string[] {
    const quoted: string[] = [];
    for (; this.startsWith(characters); this.number += 1)
      quoted.push(this.#lines[this.number - 1]?.slice(characters.length) ?? '');
    return quoted;
  }

  /**
   * Passes the first line, which says which format this is. Stops a later format, whose same words
   * may mean something else, from being read as this one.
   */
  readFormat(key = 'format'): void {
    const [, later] = /^: ([1-9]\d{0,5})$/.exec(this.#lines[0]?.slice(key.length) ?? '') ?? [];
    if (this.has(key) && later !== undefined && later !== '1')
      throw new EditionError(
        this.number,
        `“${key}” is ${later}, and this program knows 1 only: get a newer checker`,
        { file: this.#file, isNewer: true },
      );
    this.read(key, '1', (value) => (value === '1' ? value : undefined));
  }

  /** Whether the next line is this one; then it is passed. */
  isNext(line: string): boolean {
    const is = this.#lines[this.number - 1] === line;
    if (is) this.number += 1;
    return is;
  }

  /** The rest of the key of the next line, after this prefix; the line stays the next one. */
  readName(prefix: string, expected: string): string {
    const line = this.#lines[this.number - 1] ?? '';
    const [, name] = /^([a-z0-9-]{1,38}): /.exec(line.slice(prefix.length)) ?? [];
    return name ?? this.fail(`${quoteName(line)}, expected ${expected}`);
  }

  /**
   * The value of the next line, which must have this key; `convert` gives undefined for what is not
   * expected.
   */
  read<T>(key: string, expected: string, convert: (value: string) => T | undefined): T {
    const line =
      this.#lines[this.number - 1] ?? this.fail(`nothing, expected “${key}: ” and ${expected}`);
    if (line.endsWith('\r')) this.fail('it ends with CR LF, expected LF alone');
    if (!this.has(key)) this.fail(`${quoteName(line)}, expected “${key}: ” and ${expected}`);
    const value = line.slice(key.length + 2);
    const isPlain =
      value !== '' &&
      value === value.trim() &&
      value === value.normalize('NFC') &&
      !hiddenCharacter.test(value);
    const converted = isPlain ? this.#convert(key, value, convert) : undefined;
    if (converted === undefined)
      return this.fail(
        `“${key}” is ${quoteName(value)}, expected ${isPlain ? expected : 'visible characters in NFC without spaces around them'}`,
      );
    this.number += 1;
    return converted;
  }

  /** Stops a line that this program passes over and another one reads. */
  end(): void {
    const line = this.#lines[this.number - 1];
    if (line !== undefined) this.fail(`${quoteName(line)}, expected the end of the file`);
  }

  /** @param line the line that is meant, if it is not the next one */
  fail(what: string, line = this.number): never {
    throw new EditionError(line, what, { file: this.#file });
  }

  #convert<T>(
    key: string,
    value: string,
    convert: (value: string) => T | undefined,
  ): T | undefined {
    try {
      return convert(value);
    } catch (cause) {
      if (!(cause instanceof KeyError)) throw cause;
      throw new EditionError(
        this.number,
        `“${key}” is ${quoteName(value)}, expected a public key of minisign`,
        { cause, file: this.#file },
      );
    }
  }
}

/** A line `x-name: value`. */
export interface Extension {
  /** Without `x-`: a-z, 0-9 and hyphens. */
  readonly name: string;
  readonly value: string;
}

/** How many lines there may be, and how many bytes a value may have. */
export const extensionLimits = { maxExtensions: 16, maxExtensionBytes: 1000 } as const;

/**
 * Reads the lines that later programs may have put at the end of an EDITION.txt. One order, so that
 * one edition has one text; bounds as for all that a stranger can write.
 */
export function readExtensions(lines: EditionLines): Extension[] {
  const { maxExtensions, maxExtensionBytes: maxBytes } = extensionLimits;
  const extensions: Extension[] = [];
  while (lines.startsWith('x-')) {
    if (extensions.length === maxExtensions)
      lines.fail(`one more line, expected at most ${maxExtensions} with “x-”`);
    const name = lines.readName('x-', 'a name of a-z, 0-9 and hyphens, after “x-” and before “: ”');
    const before = extensions.at(-1)?.name;
    if (before !== undefined && name <= before)
      lines.fail(`“x-${name}” after “x-${before}”, expected each once in the order of bytes`);
    const value = lines.read(`x-${name}`, `at most ${maxBytes} bytes`, (text) =>
      countUtf8(text) <= maxBytes ? text : undefined,
    );
    extensions.push({ name, value });
  }
  return extensions;
}
