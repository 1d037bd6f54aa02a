import { makeCase, type CaseOptions, type Claim, type MadeCase } from '../case.ts';
import { carOf, zipOf } from '../writers/archives.ts';
import {
  manifestOf,
  type EditionFields,
  type Published,
  type Site,
  type VectorKeySet,
} from '../writers/edition.ts';
import { makeKey, type VectorKey } from '../writers/keys.ts';
import { edit, publish, replace, signAnew, signatureName, type Change } from '../writers/site.ts';

/** The editions that all cases are made of, and what knows them. */
export const anna = makeKey('anna');
export const boris = makeKey('boris');
export const clara = makeKey('clara');
export const dora = makeKey('dora');
export const erin = makeKey('erin');
export const mallory = makeKey('mallory');

export const firstKeys: VectorKeySet = { keys: [anna, boris, clara], threshold: 2 };
export const laterKeys: VectorKeySet = { keys: [anna, boris, dora], threshold: 2 };
export const lastKeys: VectorKeySet = { keys: [boris, dora, erin], threshold: 2 };

const page = (title: string, words: string): string =>
  `<!DOCTYPE html><title>${title}</title><p>${words}\n`;

/** A small site, as it was in a year. */
export const filesOf = (year: number): Record<string, string> => ({
  'index.html': page('Garden', `The garden in ${year}.`),
  'en/home.html': page('Home', `What grows in ${year}.`),
  'en/give.html': page('Give', `Seeds are at the gate, as of ${year}.`),
  'hosting/headers.txt': '/*\n  X-Frame-Options: DENY\n',
});

export const first = publish(
  filesOf(2024),
  { number: 1, keys: firstKeys, next: firstKeys, date: '2024-05-01', until: '2024-08-01' },
  [],
);
export const second = publish(
  filesOf(2025),
  { number: 2, keys: firstKeys, next: laterKeys, date: '2025-05-01', until: '2025-08-01' },
  [first],
);
export const thirdFields: EditionFields = { number: 3, keys: laterKeys, next: laterKeys };
export const third = publish(filesOf(2026), thirdFields, [first, second]);
export const fourthFields: EditionFields = { number: 4, keys: laterKeys, next: lastKeys };
export const fourth = publish(filesOf(2027), fourthFields, [first, second, third]);
export const fifthFields: EditionFields = { number: 5, keys: lastKeys, next: lastKeys };
export const fifth = publish(filesOf(2028), fifthFields, [first, second, third, fourth]);
/** A fourth one after which none will come. */
export const ending = publish(filesOf(2027), { ...fourthFields, next: undefined }, [
  first,
  second,
  third,
]);

/** A fourth one that somebody without a key of the campaign has made. */
export const onlyMallory: VectorKeySet = { keys: [mallory], threshold: 1 };
export const fourthOfMallory = publish(
  filesOf(2027),
  { number: 4, keys: onlyMallory, next: onlyMallory },
  [first, second, third],
);

/** What a clone keeps of editions, with some files changed. */
const cloneOf = (
  editions: readonly Published[],
  changes: Readonly<Record<string, Change>> = {},
): Site =>
  edit(
    new Map(
      editions.flatMap(({ fields, site }) =>
        [...site]
          .filter(([path]) => path === 'EDITION.txt' || path.startsWith('SHA256SUMS'))
          .map(([path, bytes]): [string, Buffer] => [`editions/${fields.number}/${path}`, bytes]),
      ),
    ),
    changes,
  );

/** What is there of an edition before it is signed. */
const begun = (
  { fields, text }: Published,
  manifest?: string,
): Readonly<Record<string, Change>> => ({
  [`editions/${fields.number}/EDITION.txt`]: text,
  ...(manifest !== undefined && { [`editions/${fields.number}/SHA256SUMS`]: manifest }),
});
const thirdList = manifestOf(third.site).toString();

/** Clones by name. */
export const clones: Readonly<Record<string, Site>> = {
  one: cloneOf([first]),
  two: cloneOf([first, second]),
  all: cloneOf([first, second, third]),
  late: cloneOf([third]),
  ended: cloneOf([third, ending]),
  /** An edition in the folder of another number. */
  renamed: new Map(
    [...cloneOf([third])].map(([path, bytes]) => [
      path.replace('editions/3/', 'editions/7/'),
      bytes,
    ]),
  ),
  unsigned: cloneOf([first], {
    [`editions/1/${signatureName(anna)}`]: null,
    [`editions/1/${signatureName(boris)}`]: null,
  }),
  broken: cloneOf([first], { 'editions/1/EDITION.txt': 'format: 1\n' }),
  'broken-begun': cloneOf([second], { 'editions/3/EDITION.txt': 'format: 1\n' }),
  'broken-list': cloneOf([second], begun(third, thirdList.replace('  index', ' *index'))),
  draft: cloneOf([second], {
    'editions/3/EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 3\n',
  }),
  begun: cloneOf([second], begun(third)),
  'list-without-edition': cloneOf(
    [second],
    begun(third, thirdList.replace(/.*EDITION\.txt\n/, '')),
  ),
  pushed: cloneOf([third, fourthOfMallory]),
  'next-keys': cloneOf([second, third], {
    'editions/3/EDITION.txt': replace(
      /next-threshold: 2\n(?:next-key: .*\n)+/,
      `next-threshold: 1\nnext-key: ${mallory.line}\n`,
    ),
  }),
};

/** An edition without a history, for all that does not depend on one: its cases are small. */
export const sole = publish(filesOf(2026), { number: 1, keys: firstKeys, next: firstKeys }, []);
export const ofSole = { campaign: 'garden', number: 1 };

/**
 * The sole edition with changed files, listed and signed again by its own holders, so that nothing
 * but the rule in question is against it.
 */
export const signedSole = (
  changes: Readonly<Record<string, Change>>,
  manifest?: string | Buffer,
): Site => signAnew(edit(sole.site, changes), [anna, boris], ofSole, manifest);

export const folderCase = (claim: Claim, files: Site, options?: CaseOptions): MadeCase =>
  makeCase(claim, { files }, options);
export const zipCase = (claim: Claim, files: Site | Buffer, options?: CaseOptions): MadeCase =>
  makeCase(
    claim,
    { ending: '.zip', bytes: Buffer.isBuffer(files) ? files : zipOf(files) },
    options,
  );
export const carCase = (claim: Claim, files: Site | Buffer, options?: CaseOptions): MadeCase =>
  makeCase(
    claim,
    { ending: '.car', bytes: Buffer.isBuffer(files) ? files : carOf(files) },
    options,
  );

/** Given keys, all of them or as many as are said to be enough. */
export const given = (keys: readonly VectorKey[], threshold?: number): CaseOptions => ({
  trust: { keys, ...(threshold !== undefined && { threshold }) },
});

/** The keys of the sole edition. */
export const givenSole = given([anna, boris, clara], 2);
