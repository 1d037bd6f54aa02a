import { checkRecordVersions } from './check-record-versions.ts';
import { checkOffers } from './check-offers.ts';
import { checkRecordCitations } from './check-citations.ts';
import { checkTranslations } from './check-versions.ts';
import { findNearest, type Fault } from '../read/fault.ts';
import type { Entries, Entry } from '../schema/collections.ts';
import type { Tongues } from '../schema/fields.ts';
import type { Site } from '../schema/site.ts';
import { isStanding, standingGuides } from '../schema/pages.ts';

/** Checks what one file says of another: that records exist, that translations have an original, that nothing is there twice. */
export function checkRelations(
  entries: Entries,
  tongues: Tongues,
  broken: ReadonlySet<string>,
  { bans }: Pick<Site, 'bans'>,
): Fault[] {
  return [
    ...checkReferences(entries, broken),
    ...checkTranslations(entries.guides.filter(({ slug }) => !broken.has(`guides/${slug}`))),
    ...checkTranslations(entries.updates.filter(({ slug }) => !broken.has(`updates/${slug}`))),
    ...checkRecordVersions(entries),
    ...checkPrefixes(entries),
    ...checkBans(entries, Object.keys(bans)),
    ...checkOffers(entries),
    ...checkRecordCitations(entries),
    ...checkStanding(entries, tongues, broken),
    ...checkInterfaces(entries, tongues, broken),
  ];
}

function checkReferences(
  {
    actions,
    initiatives,
    notices,
    updates,
    guides,
    sites,
    dates,
    subjects,
    leaflets,
    letters,
  }: Entries,
  broken: ReadonlySet<string>,
): Fault[] {
  const faults: Fault[] = [];
  const names = (list: readonly Entry[]) => new Set(list.map(({ slug }) => slug));
  const known = {
    action: names(actions),
    initiative: names(initiatives),
    update: names(updates),
    guide: names(guides),
    subject: names(subjects),
    notice: names(notices),
  };
  const need = (
    entry: Entry,
    path: readonly PropertyKey[],
    kind: keyof typeof known,
    id: string | undefined,
  ) => {
    if (id === undefined || known[kind].has(id) || broken.has(`${kind}s/${id}`)) return;
    const near = findNearest(id, known[kind]);
    faults.push({
      file: entry.file,
      line: entry.lineOf(path),
      where: `field "${path.join('.')}"`,
      found: `"${id}"`,
      expected: `the file name of one of the ${kind}s, without its ending`,
      mend: near ? `did you mean "${near}"?` : `add the ${kind}, or take the name out`,
    });
  };
  for (const record of [...initiatives, ...actions]) {
    record.data.notices.forEach((id, index) => need(record, ['notices', index], 'notice', id));
    for (const side of ['payer', 'recipient'] as const)
      need(record, ['risk', side], 'notice', record.data.risk?.[side]);
  }
  for (const action of actions) {
    action.data.initiatives.forEach((id, index) =>
      need(action, ['initiatives', index], 'initiative', id),
    );
    need(action, ['update'], 'update', action.data.update);
    need(action, ['guide'], 'guide', action.data.guide);
  }
  for (const leaflet of leaflets) {
    leaflet.data.actions.forEach((id, index) => {
      need(leaflet, ['actions', index], 'action', id);
      const named = actions.find(({ slug }) => slug === id)?.data;
      if (named?.risk !== undefined) {
        faults.push({
          file: leaflet.file,
          line: leaflet.lineOf(['actions', index]),
          where: `field "actions.${index}"`,
          found: `"${id}", for which one pays`,
          expected:
            'an action without money: paper has no room for what it can cost both sides, and its address cannot be compared',
          mend: 'take it out',
        });
      }
      const state = named?.state;
      if (state === undefined || state === 'live') return;
      // Paper stays in hands for years, without the reason why not: what might harm must not be on it.
      faults.push({
        file: leaflet.file,
        line: leaflet.lineOf(['actions', index]),
        where: `field "actions.${index}"`,
        found: `"${id}", which is ${state}`,
        expected: 'an action that is live',
        mend: 'take it out',
      });
    });
  }
  for (const letter of letters) need(letter, ['guide'], 'guide', letter.data.guide);
  for (const update of updates)
    update.data.subjects.forEach((id, index) => need(update, ['subjects', index], 'subject', id));
  for (const date of dates) need(date, ['update'], 'update', date.data.update);
  for (const site of sites) {
    need(site, ['initiative'], 'initiative', site.data.initiative);
    const owner = initiatives.find(({ slug }) => slug === site.data.initiative);
    if (
      !owner ||
      owner.data.designation.status === 'none' ||
      site.data.designation.status !== 'none'
    )
      continue;
    // Its address would be a link in every text, though to follow the organisation is punished.
    faults.push({
      file: site.file,
      line: site.lineOf(['designation']),
      where: 'field "designation.cleared"',
      found: 'an address that is called free',
      expected: `none, since ${owner.file} is ${owner.data.designation.status}`,
      mend: 'take "cleared" out: what is known of the address itself is a decision, or nothing',
    });
  }
  return faults;
}

function checkPrefixes({ sites }: Entries): Fault[] {
  const seen = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { file, data, lineOf } of sites) {
    data.prefixes.forEach((prefix, index) => {
      const twin = seen.get(prefix);
      if (twin)
        faults.push({
          file,
          line: lineOf(['prefixes', index]),
          found: prefix,
          expected: 'a prefix of one site only',
          mend: `take it out here or in ${twin}`,
        });
      seen.set(prefix, file);
    });
  }
  return faults;
}

/** Each decision is of a kind that site.yaml has a name for: a reader must know it by the words of the authorities. */
const checkBans = ({ sites, initiatives }: Entries, kinds: readonly string[]): Fault[] =>
  [...sites, ...initiatives].flatMap(({ file, data, lineOf }) =>
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
          mend: near
            ? `did you mean "${near}"?`
            : 'add the kind to site.yaml, with what it is called in each language',
        },
      ];
    }),
  );

/** The pages of the engine need their texts in the main language; other languages fall back to it. */
function checkStanding(
  { guides }: Entries,
  tongues: Tongues,
  broken: ReadonlySet<string>,
): Fault[] {
  const there = new Set(
    guides.filter(({ language }) => language === tongues.main).map(({ slug }) => slug),
  );
  const mainless = guides.filter(
    ({ slug, language }) =>
      language !== tongues.main &&
      !there.has(slug) &&
      !isStanding(slug) &&
      !broken.has(`guides/${slug}`),
  );
  return [
    ...standingGuides
      .filter((name) => !there.has(name) && !broken.has(`guides/${name}`))
      .map((name) => ({
        file: `guides/${tongues.main}/${name}.mdx`,
        found: 'no such file',
        expected: 'the text of a page that every campaign has',
        mend: 'write it, beginning with the front matter of another guide',
      })),
    ...mainless.map(({ file, slug }) => ({
      file,
      found: `a guide without a version in ${tongues.main}`,
      expected: `guides/${tongues.main}/${slug}.mdx, to which other languages fall back`,
      mend: 'write it, as a translation if this one is the original',
    })),
  ];
}

function checkInterfaces(entries: Entries, tongues: Tongues, broken: ReadonlySet<string>): Fault[] {
  const there = new Set(entries.interface.map(({ slug }) => slug));
  return tongues.all
    .filter((tag) => !there.has(tag) && !broken.has(`interface/${tag}`))
    .map((tag) => ({
      file: `interface/${tag}.yaml`,
      found: 'no such file',
      expected: 'the strings of the interface in each language of site.yaml',
      mend: `copy ${tag === tongues.main ? 'src/content/interface/en.yaml of Vyrai' : `interface/${tongues.main}.yaml`} and translate it`,
    }));
}
