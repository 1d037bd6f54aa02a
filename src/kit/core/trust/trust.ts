import { type SoundChain, type Stage, stageOf } from '../chain/check-chain.ts';
import type { Edition } from '../edition/edition.ts';
import {
  hasKey,
  isSameKeySet,
  parsePublicKey,
  printPublicKey,
  type KeySet,
  type PublicKey,
} from '../minisign/public-key.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { equalBytes } from '../text/bytes.ts';

/** An edition that the checker has known before, from its clone. */
export interface KnownEdition {
  readonly edition: Edition;
  /** Of its list, if that was kept: hash and files. */
  readonly listHash: string | undefined;
  readonly files: readonly ListedFile[] | undefined;
}

/** Where keys come from: never from the copy under test. */
export interface Trust {
  /** As sentences name it: "the keys of this clone". */
  readonly origin: string;
  /** Whose editions these are; undefined where only keys were given. */
  readonly campaign: string | undefined;
  /** By number. */
  readonly editions: ReadonlyMap<number, KnownEdition>;
  /** The keys for editions that are not known. */
  readonly given: KeySet | undefined;
  /** Whether whoever gave the keys has said how many of them are enough. */
  readonly isThresholdSaid?: boolean;
}

/** What must have signed an edition; or why nothing can prove it. */
export type Requirement =
  | {
      readonly keys: KeySet;
      /** What a user may want to know of the way to these keys. */
      readonly note?: string;
      /** Whether no chain shows that these are still the keys. */
      readonly isGuess?: true;
    }
  | { readonly refused: string; readonly verdict: 'tampered' | 'unsigned' };

/**
 * The keys that an edition of this number needs. Each edition names those of the next, as a root of
 * trust names its successor (TUF specification, 5.3): so a key that was taken out signs nothing any
 * more, and a new one is believed only if the old ones have named it. The chain of editions in the
 * copy leads there from any edition or keys that the checker knows.
 * @param chain of the copy; undefined if it has none that holds
 */
export function findRequirement(
  trust: Trust,
  number: number,
  chain: SoundChain | undefined,
): Requirement {
  if (trust.given) return followGiven(trust, trust.given, chain);
  const known = trust.editions.get(number);
  if (known) return { keys: known.edition.keys };
  const newest = newestKnown(trust);
  if (!newest || number < newest.edition.number)
    return {
      refused: `edition ${number} is not known to ${trust.origin}`,
      verdict: 'unsigned',
    };
  const { edition } = newest;
  if (!edition.nextKeys)
    return {
      refused: `edition ${edition.number} was the last one: no later edition can be true`,
      verdict: 'tampered',
    };
  if (!chain)
    return { keys: edition.nextKeys, ...(number > edition.number + 1 && { isGuess: true }) };
  // Attack: a chain that passes over the edition that took a stolen key out.
  const isHidden =
    !isSameKeySet(keysAt(chain, edition.number), edition.keys) ||
    !isSameKeySet(keysAt(chain, edition.number + 1), edition.nextKeys);
  if (isHidden)
    return {
      refused:
        `its CHAIN.txt has other keys for edition ${edition.number} or ${edition.number + 1} ` +
        `than ${trust.origin} knows`,
      verdict: 'tampered',
    };
  const stages = chain.stages.filter(({ to }) => to > edition.number);
  return { keys: newestStage(chain).keys, ...describeWay(trust, stages.slice(0, -1)) };
}

/**
 * The keys that an edition needs where keys were given: these themselves, or those that have taken
 * their place since.
 */
function followGiven(trust: Trust, given: KeySet, chain: SoundChain | undefined): Requirement {
  const at = chain?.stages.findLastIndex(({ keys }) =>
    given.keys.every((key) => hasKey(keys.keys, key)),
  );
  const stage = chain?.stages[at ?? -1];
  if (!chain || !stage?.signers) return { keys: given };
  const count = given.keys.filter((key) => hasKey(stage.signers ?? [], key)).length;
  if (count < given.threshold)
    return {
      refused:
        `edition ${stage.to}, which replaced the keys that you gave, has the signatures of ` +
        `${count} of them, and ${given.threshold} ${given.threshold === 1 ? 'is' : 'are'} needed`,
      verdict: 'unsigned',
    };
  // Attack: one seized laptop is enough to name the next keys, for whoever was given one key of
  // several.
  if (stage.keys.threshold > given.threshold && trust.isThresholdSaid !== true)
    return {
      refused:
        `edition ${stage.to}, which replaced the keys that you gave, asks for ` +
        `${stage.keys.threshold} signatures, you for ${given.threshold}: give more of its keys, ` +
        `or say that fewer are enough: --threshold ${given.threshold}`,
      verdict: 'unsigned',
    };
  return { keys: newestStage(chain).keys, ...describeWay(trust, chain.stages.slice(at, -1)) };
}

/** @param replaced the stages that the way to the newest keys leads over */
const describeWay = ({ origin, given }: Trust, replaced: readonly Stage[]): { note?: string } =>
  replaced.length === 0
    ? {}
    : {
        note:
          `Keys were replaced since those that ${given ? 'you gave' : `${origin} knows`}, in ` +
          `edition ${replaced.map(({ to }) => to + 1).join(', ')}: each time signed by enough of ` +
          'the keys before.',
      };

const newestStage = ({ stages }: SoundChain): Stage => stages[stages.length - 1] ?? stages[0];

/** The keys of an edition that a chain holds or belongs to. */
const keysAt = (chain: SoundChain, number: number): KeySet =>
  (stageOf(chain, number) ?? newestStage(chain)).keys;

/** The edition with the highest number that is known. */
export function newestKnown({ editions }: Trust): KnownEdition | undefined {
  const numbers = [...editions.keys()];
  return numbers.length === 0 ? undefined : editions.get(Math.max(...numbers));
}

/** Ids of all keys that are trusted for any edition. */
export function listKeyIds({ editions, given }: Trust): string[] {
  const sets = given
    ? [given]
    : [...editions.values()].flatMap(({ edition }) => [
        edition.keys,
        ...(edition.nextKeys ? [edition.nextKeys] : []),
      ]);
  return [...new Set(sets.flatMap(({ keys }) => keys.map(({ id }) => id)))];
}

/**
 * For each path, which hash belongs to which editions: to tell a file of another edition from one
 * that was changed.
 */
export function indexKnownFiles(trust: Trust): {
  byPath: Map<string, Map<string, number[]>>;
  byHash: Map<string, string>;
} {
  const byPath = new Map<string, Map<string, number[]>>();
  const byHash = new Map<string, string>();
  for (const [number, { files = [] }] of trust.editions) {
    for (const { hash, path } of files) {
      const hashes = byPath.get(path) ?? new Map<string, number[]>();
      hashes.set(hash, [...(hashes.get(hash) ?? []), number]);
      byPath.set(path, hashes);
      byHash.set(hash, path);
    }
  }
  return { byPath, byHash };
}

/** Trust in nobody: nothing is proven by it, and all other faults are found. */
export const trustNobody: Trust = {
  origin: 'nobody',
  campaign: undefined,
  editions: new Map(),
  given: undefined,
};

/**
 * Trust in keys that whoever asks has given.
 * @param threshold how many of them are enough; undefined if it is not said: then all
 */
export const trustGiven = (keys: readonly PublicKey[], threshold: number | undefined): Trust => ({
  origin: 'the keys that you gave',
  campaign: undefined,
  editions: new Map(),
  given: { threshold: threshold ?? keys.length, keys },
  isThresholdSaid: threshold !== undefined,
});

/**
 * A key that is there twice, and so would count twice: the id is a label, and one key under two ids
 * is one.
 */
export const findDuplicate = (keys: readonly PublicKey[]): PublicKey | undefined =>
  keys.find(
    (key, index) =>
      keys.findIndex((other) => key.id === other.id || equalBytes(key.ed25519, other.ed25519)) !==
      index,
  );

/**
 * The public keys in a text, one a line, as people copy them: with the comments of `.pub` files and
 * empty lines between. Throws KeyError.
 */
export const readKeyLines = (text: string): PublicKey[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('untrusted comment:'))
    .map(parsePublicKey);

/** An edition that this checker has proven before. */
export interface SeenEdition {
  readonly number: number;
  /** SHA-256 of its list. */
  readonly list: string;
  /**
   * The keys that have signed it. Here and below whole keys, `RW…`: a key id is a label that anyone
   * can give to a key of their own.
   */
  readonly signers: readonly string[];
  /** The sets of keys before those, which its chain of editions has shown to be replaced. */
  readonly replaced: readonly (readonly string[])[];
}

/** Keys as memory holds them. */
export const printKeys = (keys: KeySet['keys']): string[] => keys.map(printPublicKey).sort();

/**
 * Whether an edition that was seen counts where these keys are needed: enough of them have signed
 * it, or they are keys that it has left behind. Attacks: with stolen keys, edition 9999 is signed
 * and shown once, so that all true ones after it seem old: once the keys are replaced it no longer
 * counts (as in TUF, 5.3.11). An edition of replaced keys is shown to who has seen newer ones.
 */
export const isSeenUnder = ({ signers, replaced }: SeenEdition, needed: KeySet): boolean =>
  [signers, ...replaced].some((keys) => countShared(keys, needed) >= needed.threshold);

const countShared = (keys: readonly string[], needed: KeySet): number =>
  needed.keys.filter((key) => keys.includes(printPublicKey(key))).length;
