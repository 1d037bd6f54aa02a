import { escapeControls } from './rebuild/compare-folders.ts';

/**
 * What a check found. `limited`: works as far as this host or reader can; the notes say what is
 * missing, and why.
 */
export type CheckState = 'ok' | 'limited' | 'failed' | 'left out';

export interface CheckResult {
  state: CheckState;
  /** A word or number for the table in place of the state: `154 files`. */
  figure?: string;
  /** Sentences on what is limited or was left out. */
  notes: string[];
  /** One sentence for each fault: where, what was found, what was expected. */
  failures: string[];
}

export interface Row {
  name: string;
  cells: Map<string, CheckResult>;
}

export interface Table {
  title: string;
  /** What the rows are: "host", "client". */
  kind: string;
  columns: string[];
  rows: Row[];
}

/** Collects what a check finds, and makes its verdict of it. */
export class CheckFindings {
  readonly notes: string[] = [];
  readonly failures: string[] = [];
  figure: string | undefined;

  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }
  fail(sentence: string): void {
    if (!this.failures.includes(sentence)) this.failures.push(sentence);
  }
  result(): CheckResult {
    const state = this.failures.length > 0 ? 'failed' : this.notes.length > 0 ? 'limited' : 'ok';
    return {
      state,
      notes: this.notes,
      failures: this.failures,
      ...(this.figure !== undefined && { figure: this.figure }),
    };
  }
}

export const leftOut = (reason: string): CheckResult => ({
  state: 'left out',
  notes: [reason],
  failures: [],
});
/**
 * The first line of what went wrong within a check: a fault of the site or of the lab, which must
 * not end the other checks.
 */
export const brokenOff = (error: unknown): CheckResult =>
  failed(
    `this could not be checked to the end: ${error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error)}`,
  );

export const failed = (reason: string): CheckResult => ({
  state: 'failed',
  notes: [],
  failures: [reason],
});

/**
 * A table in Markdown, columns aligned, so that it reads in a terminal too. Limits are numbered and
 * explained below it.
 */
export function printTable({ title, kind, columns, rows }: Table): string {
  const notes: string[] = [];
  const mark = (note: string) =>
    (notes.includes(note) ? notes.indexOf(note) : notes.push(note) - 1) + 1;
  const show = (cell: CheckResult | undefined): string => {
    if (!cell) return '';
    if (cell.state === 'left out')
      return `– ${cell.notes.map((note) => `[${mark(note)}]`).join('')}`;
    const word =
      cell.state === 'failed' ? `FAILED (${cell.failures.length})` : (cell.figure ?? 'ok');
    return `${word}${cell.notes.length > 0 ? ` ${cell.notes.map((note) => `[${mark(note)}]`).join('')}` : ''}`;
  };
  const plain = (text: string) => escapeControls(text).replaceAll('|', '¦');
  const lines = [
    [kind, ...columns],
    ...rows.map(({ name, cells }) =>
      [name, ...columns.map((column) => show(cells.get(column)))].map(plain),
    ),
  ];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const print = (line: readonly string[]) =>
    `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [
    `## ${title}`,
    '',
    print(head),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...body.map(print),
    ...(notes.length > 0
      ? ['', ...notes.map((note, index) => `[${index + 1}] ${plain(note)}`)]
      : []),
  ].join('\n');
}

/**
 * The faults of a table. What several rows have alike is reported once; no more than `max` of each
 * kind of check and place.
 * @returns a line for each, and one that says how many more there are
 */
export function printFailures({ rows }: Table, max = 8): string[] {
  const places = new Map<string, { column: string; failure: string; names: string[] }>();
  for (const { name, cells } of rows) {
    for (const [column, { failures }] of cells) {
      for (const failure of failures) {
        const key = `${column} ${failure.replace(/\b(127\.0\.0\.1|localhost):\d+(?:\/deep\/sub\/path)?/g, '$1')}`;
        const known = places.get(key);
        if (known) known.names.push(name);
        else places.set(key, { column, failure, names: [name] });
      }
    }
  }
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const { column, failure, names } of places.values()) {
    const who = names.length > 3 ? `${names[0]} and ${names.length - 1} others` : names.join(', ');
    const count = (counts.get(`${who}, ${column}`) ?? 0) + 1;
    counts.set(`${who}, ${column}`, count);
    if (count <= max)
      lines.push(`${who}, ${column}: ${failure.split('\n').map(escapeControls).join('\n')}`);
  }
  return [
    ...lines,
    ...[...counts].flatMap(([what, count]) =>
      count > max ? [`${what}: … and ${count - max} more`] : [],
    ),
  ];
}

/** The tables for programs. */
export const tablesToJson = (tables: readonly Table[]): string =>
  `${JSON.stringify(
    tables.map(({ title, rows }) => ({
      title,
      rows: rows.map(({ name, cells }) => ({ name, ...Object.fromEntries(cells) })),
    })),
    null,
    2,
  )}\n`;

export const hasFailed = ({ rows }: Table): boolean =>
  rows.some(({ cells }) => [...cells.values()].some(({ state }) => state === 'failed'));
