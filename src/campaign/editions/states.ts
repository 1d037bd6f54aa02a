import { UserError } from '../../kit/core/text/user-error.ts';
import { collectionNames } from '../schema/collections.ts';
import type { Entries, Entry } from '../schema/entries.ts';

/** In an edition's folder: what each text and record was in it, one a line. */
export const statesFile = 'states.txt';

/**
 * A text, record or mirror as the editions have known it. What changes from one edition to the next
 * becomes an item of the feeds, and nobody has to remember to announce it.
 */
export interface KnownState {
  /** `guides/en/letters`, `sites/rakes`, or `mirrors/` with the address of the copy. */
  readonly name: string;
  /** The edition that had it first. */
  readonly first: number;
  /** The edition that had it first as it is now. */
  readonly since: number;
  /** What it was before that; the same as `value` in what has never changed. */
  readonly was: string;
  readonly value: string;
}

/** What the value of a text or record is made of. */
export interface StateValue {
  readonly version: number;
  readonly state: string;
  /** The status of its designation, with the kinds of the bans: `designated+formation`. */
  readonly designation: string | undefined;
}

export const listed = 'listed';
export const ended = 'ended';

const printValue = ({ version, state, designation }: StateValue): string =>
  [version, state, ...(designation === undefined ? [] : [designation])].join('/');

/** The parts of what `printValue` has made. */
export function parseValue(value: string): StateValue {
  const [version = '1', state = '', designation] = value.split('/');
  return { version: Number(version), state, designation };
}

/**
 * What an edition keeps of states: version, state and bans of every text and record that has a
 * state, whatever its collection, and which mirrors are listed.
 * @param entries of the day of the edition, after what is too old for it has expired
 */
export function listStates(entries: Entries): Map<string, string> {
  const states = new Map<string, string>();
  for (const collection of collectionNames()) {
    const list: Entry[] = entries[collection];
    for (const { id, data } of list) {
      if (!('state' in data)) continue;
      const version = 'version' in data ? data.version : 1;
      const designation = 'designation' in data ? describeBans(data.designation) : undefined;
      states.set(`${collection}/${id}`, printValue({ version, state: data.state, designation }));
    }
  }
  for (const { data } of entries.mirrors) states.set(`mirrors/${data.address}`, listed);
  return states;
}

const describeBans = ({
  status,
  decisions,
}: {
  status: string;
  decisions: readonly { kind: string }[];
}): string => [status, ...new Set(decisions.map(({ kind }) => kind).sort())].join('+');

/** The value of a text, of whose page the feeds know no more than this. */
export const textValue = ({ version, state }: { version: number; state: string }): string =>
  printValue({ version, state, designation: undefined });

/**
 * What is known after one edition more. A mirror that is no longer listed stays as `ended`: whoever
 * has its address must hear of it. Anything else that is gone is forgotten.
 * @param before what the edition before knew; undefined where none has kept it
 * @param number of the edition, or of the one that a draft may become
 */
export function carryStates(
  before: readonly KnownState[] | undefined,
  now: ReadonlyMap<string, string>,
  number: number,
): KnownState[] {
  const known = new Map((before ?? []).map((state) => [state.name, state]));
  const after = [...now].map(([name, value]): KnownState => {
    const state = known.get(name);
    if (state === undefined) return { name, first: number, since: number, was: value, value };
    return state.value === value ? state : { ...state, since: number, was: state.value, value };
  });
  for (const state of known.values()) {
    if (now.has(state.name) || !state.name.startsWith('mirrors/')) continue;
    after.push(
      state.value === ended ? state : { ...state, since: number, was: state.value, value: ended },
    );
  }
  return after.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `states.txt`: name, first, since, was and value, in this order, with a space between. */
export const printStates = (states: readonly KnownState[]): string =>
  states
    .map(({ name, first, since, was, value }) => `${name} ${first} ${since} ${was} ${value}\n`)
    .join('');

const line = /^(\S+) ([1-9]\d{0,5}) ([1-9]\d{0,5}) (\S+) (\S+)$/;

/** A line of `states.txt` that cannot be one. */
export class StatesError extends UserError {
  override readonly name = 'StatesError';
  readonly line: number;
  constructor(message: string, at: number) {
    super(message);
    this.line = at;
  }
}

/**
 * Reads `states.txt` of an edition.
 * @param number of the edition
 * @throws StatesError for a line that no edition of that number has written
 */
export function parseStates(text: string, number: number): KnownState[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new StatesError('no end of the line', lines.length + 1);
  return lines.map((content, index) => {
    const [, name = '', first, since, was = '', value = ''] = line.exec(content) ?? [];
    const state = { name, first: Number(first), since: Number(since), was, value };
    if (name === '' || state.first > state.since || state.since > number)
      throw new StatesError(
        `"${content.slice(0, 80)}", not a name, two numbers of editions up to ${number}, and two states`,
        index + 1,
      );
    return state;
  });
}
