import { KeyError } from '../minisign/public-key.ts';
import { decodeUtf8, findBrokenLine, hiddenCharacter } from '../text/bytes.ts';
import { quoteName } from '../text/quote-name.ts';
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

  /** @param file the file as messages name it */
  constructor(
    line: number | undefined,
    message: string,
    options?: ErrorOptions,
    file = 'EDITION.txt',
  ) {
    super(`${file}${line === undefined ? '' : `, line ${line}`}: ${message}.`, options);
    this.line = line;
  }
}

/** The lines of an EDITION.txt that anyone may have written, read one after the other. */
export class EditionLines {
  /** Of the next line, from 1. */
  number = 1;
  readonly #lines: readonly string[];
  readonly #file: string;

  /** @param file the file as messages name it */
  constructor(bytes: Uint8Array, file = 'EDITION.txt') {
    this.#file = file;
    const refuse = (line: number | undefined, what: string): EditionError =>
      new EditionError(line, what, undefined, file);
    if (bytes.length > maxEditionBytes)
      throw refuse(undefined, `it has ${bytes.length} bytes, expected at most ${maxEditionBytes}`);
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
    return this.#lines[this.number - 1]?.startsWith(`${key}: `) === true;
  }

  /** Whether the next line is this one; then it is passed. */
  isNext(line: string): boolean {
    const is = this.#lines[this.number - 1] === line;
    if (is) this.number += 1;
    return is;
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
    throw new EditionError(line, what, undefined, this.#file);
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
        { cause },
        this.#file,
      );
    }
  }
}
