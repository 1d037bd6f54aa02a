import { checkRecordVersions, checkTranslations } from './check-versions.ts';
import { checkRecordCitations } from './check-citations.ts';
import { checkReferences, checkUnique } from './check-references.ts';
import { findNearest, type Fault } from '../read/fault.ts';
import { collectionNames, rowOf, type TextName } from '../schema/collections.ts';
import { expiringOf, type Entries, type Entry } from '../schema/entries.ts';
import type { Locales } from '../schema/fields.ts';
import type { Site } from '../schema/site.ts';
import { isStanding, standingGuides } from '../schema/pages.ts';

/**
 * Checks what one file says of another: that records exist, that translations have an original,
 * that nothing is there twice.
 */
export function checkRelations(
  entries: Entries,
  locales: Locales,
  broken: ReadonlySet<string>,
  site: Pick<Site, 'bans' | 'languages'>,
): Fault[] {
  return [
    ...checkReferences(entries, broken),
    ...checkTexts(entries, broken, site),
    ...checkRecordVersions(entries),
    ...checkUnique(entries),
    ...checkBans(entries, Object.keys(site.bans)),
    ...checkRecordCitations(entries),
    ...checkStanding(entries, locales, broken),
    ...checkInterfaces(entries, locales, broken),
  ];
}

/** Texts have a file for each language: those of one name are versions of each other. */
const checkTexts = (
  entries: Entries,
  broken: ReadonlySet<string>,
  site: Pick<Site, 'languages'>,
): Fault[] =>
  collectionNames()
    .filter((name) => rowOf(name).form === 'texts')
    .flatMap((name) =>
      checkTranslations(
        (entries[name] as Entry<TextName>[]).filter(({ slug }) => !broken.has(`${name}/${slug}`)),
        site,
      ),
    );

/**
 * Each decision is of a kind that site.yaml has a name for: a reader must know it by the words of
 * the authorities.
 */
const checkBans = (entries: Entries, kinds: readonly string[]): Fault[] =>
  expiringOf(entries).flatMap(({ file, data, lineOf }) =>
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

/**
 * The pages of the engine need their texts in the main language; other languages fall back to it.
 */
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
      fix: 'begin it: npm run new -- interface',
    }));
}
