import { checkRecordVersions } from './check-record-versions.ts';
import { checkOffers } from './check-offers.ts';
import { checkRecordCitations } from './check-citations.ts';
import { checkReferences } from './check-references.ts';
import { checkTranslations } from './check-versions.ts';
import { findNearest, type Fault } from '../read/fault.ts';
import {
  collectionNames,
  lapsingOf,
  rowOf,
  type Entries,
  type Entry,
  type TextName,
} from '../schema/collections.ts';
import type { Locales } from '../schema/fields.ts';
import type { Site } from '../schema/site.ts';
import { isStanding, standingGuides } from '../schema/pages.ts';

/** Checks what one file says of another: that records exist, that translations have an original, that nothing is there twice. */
export function checkRelations(
  entries: Entries,
  locales: Locales,
  broken: ReadonlySet<string>,
  { bans }: Pick<Site, 'bans'>,
): Fault[] {
  return [
    ...checkReferences(entries, broken),
    ...checkLeaflets(entries),
    ...checkOwners(entries),
    ...checkTexts(entries, broken),
    ...checkRecordVersions(entries),
    ...checkPrefixes(entries),
    ...checkBans(entries, Object.keys(bans)),
    ...checkOffers(entries),
    ...checkRecordCitations(entries),
    ...checkStanding(entries, locales, broken),
    ...checkInterfaces(entries, locales, broken),
  ];
}

/** Texts have a file for each language: those of one name are versions of each other. */
const checkTexts = (entries: Entries, broken: ReadonlySet<string>): Fault[] =>
  collectionNames()
    .filter((name) => rowOf(name).form === 'texts')
    .flatMap((name) =>
      checkTranslations(
        (entries[name] as Entry<TextName>[]).filter(({ slug }) => !broken.has(`${name}/${slug}`)),
      ),
    );

/** Paper has no room for what an action with money can cost both sides, and its address cannot be compared. */
const checkLeaflets = ({ leaflets, actions }: Entries): Fault[] =>
  leaflets.flatMap(({ file, data, lineOf }) =>
    data.actions.flatMap((id, index): Fault[] => {
      if (actions.find(({ slug }) => slug === id)?.data.risk === undefined) return [];
      return [
        {
          file,
          line: lineOf(['actions', index]),
          where: `field "actions.${index}"`,
          found: `"${id}", for which one pays`,
          expected:
            'an action without money: paper has no room for what it can cost both sides, and its address cannot be compared',
          fix: 'take it out',
        },
      ];
    }),
  );

/** The address of a banned organisation would be a link in every text, though to follow the organisation is punished. */
const checkOwners = ({ sites, initiatives }: Entries): Fault[] =>
  sites.flatMap(({ file, data, lineOf }): Fault[] => {
    const owner = initiatives.find(({ slug }) => slug === data.initiative);
    if (!owner || owner.data.designation.status === 'none' || data.designation.status !== 'none')
      return [];
    return [
      {
        file,
        line: lineOf(['designation']),
        where: 'field "designation.cleared"',
        found: 'an address that is called free',
        expected: `none, since ${owner.file} is ${owner.data.designation.status}`,
        fix: 'take "cleared" out: what is known of the address itself is a decision, or nothing',
      },
    ];
  });

function checkPrefixes({ sites }: Entries): Fault[] {
  const seen = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { file, data, lineOf } of sites) {
    data.prefixes.forEach((prefix, index) => {
      const duplicate = seen.get(prefix);
      if (duplicate)
        faults.push({
          file,
          line: lineOf(['prefixes', index]),
          found: prefix,
          expected: 'a prefix of one site only',
          fix: `take it out here or in ${duplicate}`,
        });
      seen.set(prefix, file);
    });
  }
  return faults;
}

/** Each decision is of a kind that site.yaml has a name for: a reader must know it by the words of the authorities. */
const checkBans = (entries: Entries, kinds: readonly string[]): Fault[] =>
  lapsingOf(entries).flatMap(({ file, data, lineOf }) =>
    data.designation.decisions.flatMap(({ kind }, index): Fault[] => {
      if (kinds.includes(kind)) return [];
      const near = findNearest(kind, kinds);
      return [
        {
          file,
          line: lineOf(['designation', 'decisions', index, 'kind']),
          where: `field "designation.decisions.${index}.kind"`,
          found: `"${kind}"`,
          expected: `a kind of "bans" in site.yaml: ${kinds.join(', ') || 'none yet'}`,
          fix: near
            ? `did you mean "${near}"?`
            : 'add the kind to site.yaml, with what it is called in each language',
        },
      ];
    }),
  );

/** The pages of the engine need their texts in the main language; other languages fall back to it. */
function checkStanding(
  { guides }: Entries,
  locales: Locales,
  broken: ReadonlySet<string>,
): Fault[] {
  const there = new Set(
    guides.filter(({ language }) => language === locales.main).map(({ slug }) => slug),
  );
  const mainless = guides.filter(
    ({ slug, language }) =>
      language !== locales.main &&
      !there.has(slug) &&
      !isStanding(slug) &&
      !broken.has(`guides/${slug}`),
  );
  return [
    ...standingGuides
      .filter((name) => !there.has(name) && !broken.has(`guides/${name}`))
      .map((name) => ({
        file: `guides/${locales.main}/${name}.mdx`,
        found: 'no such file',
        expected: 'the text of a page that every campaign has',
        fix: 'write it, beginning with the front matter of another guide',
      })),
    ...mainless.map(({ file, slug }) => ({
      file,
      found: `a guide without a version in ${locales.main}`,
      expected: `guides/${locales.main}/${slug}.mdx, to which other languages fall back`,
      fix: 'write it, as a translation if this one is the original',
    })),
  ];
}

function checkInterfaces(entries: Entries, locales: Locales, broken: ReadonlySet<string>): Fault[] {
  const there = new Set(entries.interface.map(({ slug }) => slug));
  return locales.all
    .filter((tag) => !there.has(tag) && !broken.has(`interface/${tag}`))
    .map((tag) => ({
      file: `interface/${tag}.yaml`,
      found: 'no such file',
      expected: 'the strings of the interface in each language of site.yaml',
      fix: `copy ${tag === locales.main ? 'src/content/interface/en.yaml of Vyrai' : `interface/${locales.main}.yaml`} and translate it`,
    }));
}
