import { UserError } from '../../src/kit/core/text/user-error.ts';

/** One string of a PO file (GNU gettext, "PO Files"). */
export interface PoEntry {
  /** `msgctxt`: the place of the string, which no other one has. */
  readonly context: string;
  readonly source: string;
  readonly text: string;
  /** Whether the original has moved on since the translation. */
  readonly isFuzzy: boolean;
  /** What translators read about the string. */
  readonly notes: readonly string[];
  /** Where it is, with its line. */
  readonly reference: string;
}

/** What is read of an entry: notes and references are for people. */
export type ReadEntry = Omit<PoEntry, 'notes' | 'reference'> & { readonly line: number };

/** A file that is no PO file, with the line. */
export class PoError extends UserError {
  override readonly name = 'PoError';
}

const quote = (text: string): string =>
  `"${text.replace(/[\\"\n\t\r]/g, (character) => escapes[character] ?? character)}"`;
const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '"': String.raw`\"`,
  '\n': String.raw`\n`,
  '\t': String.raw`\t`,
  '\r': String.raw`\r`,
};
const unescapes = new Map(Object.entries(escapes).map(([plain, written]) => [written, plain]));

/** A text of several lines begins with an empty one, as programs for PO files write it. */
function printField(name: string, text: string): string {
  const lines = text.split(/(?<=\n)/);
  return lines.length > 1
    ? [`${name} ""`, ...lines.map(quote)].join('\n')
    : `${name} ${quote(text)}`;
}

/** What a PO file says of itself. */
export interface PoHeader {
  /** The id of the campaign. */
  readonly project: string;
  /** A language tag. */
  readonly language: string;
  /** The newest day of the campaign, YYYY-MM-DD: the same campaign gives the same file. */
  readonly day: string;
}

/** Prints a PO file. */
export function printPo({ project, language, day }: PoHeader, entries: readonly PoEntry[]): string {
  const header = [
    'msgid ""',
    'msgstr ""',
    quote(`Project-Id-Version: ${project}\n`),
    quote(`PO-Revision-Date: ${day} 00:00+0000\n`),
    quote('Last-Translator: not named\n'),
    quote('Language-Team: not named\n'),
    quote('Content-Type: text/plain; charset=UTF-8\n'),
    quote('Content-Transfer-Encoding: 8bit\n'),
    quote('MIME-Version: 1.0\n'),
    quote(`Language: ${language.replaceAll('-', '_')}\n`),
  ].join('\n');
  const printed = entries.map(({ context, source, text, isFuzzy, notes, reference }) =>
    [
      ...notes.map((note) => `#. ${note}`),
      `#: ${reference}`,
      ...(isFuzzy ? ['#, fuzzy'] : []),
      printField('msgctxt', context),
      printField('msgid', source),
      printField('msgstr', text),
    ].join('\n'),
  );
  return `${[header, ...printed].join('\n\n')}\n`;
}

/**
 * Reads a PO file as programs for translators write it: strings in several lines, flags, obsolete
 * entries, which are passed over. Plural forms are refused: no string of a campaign has them.
 * @param file its name, for messages
 * @throws PoError
 */
export function parsePo(text: string, file: string): ReadEntry[] {
  const entries: ReadEntry[] = [];
  let fields = new Map<string, string>();
  let [current, isFuzzy, start] = ['', false, 0];
  const end = (): void => {
    const [context, source, translated] = ['msgctxt', 'msgid', 'msgstr'].map((name) =>
      fields.get(name),
    );
    if (source !== undefined && source !== '') {
      if (context === undefined || translated === undefined)
        throw new PoError(
          `${file}:${start}: found "${source.slice(0, 40)}" without ${context === undefined ? 'msgctxt' : 'msgstr'}.`,
        );
      entries.push({ context, source, text: translated, isFuzzy, line: start });
    }
    [fields, current, isFuzzy] = [new Map<string, string>(), '', false];
  };
  for (const [index, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = whole.trim();
    if (line.startsWith('#')) {
      if (fields.has('msgstr')) end();
      if (/^#,.*\bfuzzy\b/.test(line)) isFuzzy = true;
      continue;
    }
    if (line === '') continue;
    const [, name, string = ''] =
      /^(msgctxt|msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"$/.exec(line) ?? [];
    if (!/"$/.test(line) || (name === undefined && (current === '' || !line.startsWith('"'))))
      throw new PoError(
        `${file}:${index + 1}: found ${JSON.stringify(line.slice(0, 40))}, expected msgctxt, msgid or msgstr with a text in quotation marks.`,
      );
    if (name !== undefined) {
      if (fields.has(name) || (name === 'msgctxt' && fields.size > 0)) end();
      if (fields.size === 0) start = index + 1;
      current = name;
    }
    fields.set(current, (fields.get(current) ?? '') + unquote(string));
  }
  end();
  return entries;
}

const unquote = (string: string): string =>
  string.replace(/\\./g, (written) => unescapes.get(written) ?? written.slice(1));
