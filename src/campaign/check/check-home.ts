import { findNearest, type Fault } from '../read/fault.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { CollectionName } from '../schema/collections.ts';
import type { Entries, Entry } from '../schema/entries.ts';
import { isOfferedState } from '../schema/fields.ts';
import { isStanding } from '../schema/pages.ts';
import type { Site } from '../schema/site.ts';
import { stateOf } from './check-references.ts';

/**
 * Checks what `site.yaml` names for its home page: that figure, voice, actions, day and pages
 * exist, and that nobody is sent to what is over or dangerous by the largest button of the site.
 * @param broken files with faults of their own, as `collection/slug`: who names them is not at
 * fault as well
 */
export function checkHome(
  entries: Entries,
  broken: ReadonlySet<string>,
  { home, day }: Pick<Site, 'home' | 'day'>,
  { file, lineOf }: Pick<SourceFile, 'file' | 'lineOf'>,
): Fault[] {
  const place = (path: readonly (string | number)[]) => ({
    file,
    line: lineOf(path),
    where: `field "${path.join('.')}"`,
  });
  const lookUp = (
    to: CollectionName,
    id: string | undefined,
    path: readonly (string | number)[],
  ): { entry?: Entry; faults: Fault[] } => {
    if (id === undefined || broken.has(`${to}/${id}`)) return { faults: [] };
    const all = entries[to] as Entry[];
    const entry = all.find(({ slug }) => slug === id);
    if (entry) return { entry, faults: [] };
    const near = findNearest(
      id,
      all.map(({ slug }) => slug),
    );
    const isPage = path.at(-1) === 'page';
    const write = (name: string) => (isPage ? `guide/${name}.html` : name);
    const fault = {
      ...place(path),
      found: `"${write(id)}"`,
      expected: isPage
        ? 'the page of one of the guides, such as guide/letters.html'
        : `the file name of one of the ${to}, without its ending`,
      fix: near ? `did you mean "${write(near)}"?` : 'add the file, or take the name out',
    };
    return { faults: [fault] };
  };
  const named = [
    { to: 'figures', id: home.figure?.id, path: ['home', 'figure', 'id'] },
    { to: 'voices', id: home.voice, path: ['home', 'voice'] },
    ...(home.actions ?? []).map((id, index) => ({
      to: 'actions',
      id,
      path: ['home', 'actions', index],
    })),
    ...home.ways.flatMap(({ page }, index) => {
      const [, id] = /^guide\/(.*)\.html$/.exec(page) ?? [];
      return id === undefined ? [] : [{ to: 'guides', id, path: ['home', 'ways', index, 'page'] }];
    }),
  ] as { to: CollectionName; id: string | undefined; path: (string | number)[] }[];
  return [
    ...named.flatMap(({ to, id, path }) => {
      const { entry, faults } = lookUp(to, id, path);
      const state = entry && stateOf(entry);
      if (state === undefined || isOfferedState(state)) return faults;
      return {
        ...place(path),
        found: `"${id}", which is ${state}`,
        expected: 'something that readers are offered: home is where most of them begin',
        fix: 'name another one, or take it out',
      };
    }),
    ...home.ways.flatMap(({ page }, index): Fault[] => {
      const [, slug = ''] = /^(?:guide\/)?([^/]*)\.html$/.exec(page) ?? [];
      const isGuide = page.startsWith('guide/');
      if (isGuide ? !isStanding(slug) : isStanding(slug) || isListPage(page)) return [];
      return [
        {
          ...place(['home', 'ways', index, 'page']),
          found: `"${page}"`,
          expected:
            'a guide such as guide/letters.html, or one of the pages that every campaign has',
          fix: 'name one of these',
        },
      ];
    }),
    ...checkDay(lookUp('dates', day, ['day']), place(['day'])),
  ];
}

/** Lists that every campaign has; numbers and years come and go. */
const isListPage = (page: string): boolean =>
  ['actions.html', 'initiatives.html', 'updates.html', 'timeline.html', 'guides.html'].includes(
    page,
  );

function checkDay(
  { entry, faults }: { entry?: Entry; faults: Fault[] },
  place: Pick<Fault, 'file' | 'line' | 'where'>,
): Fault[] {
  if (!entry || !('kind' in entry.data) || entry.data.kind === 'day') return faults;
  return [
    {
      ...place,
      found: `"${entry.slug}", which is an ${entry.data.kind}`,
      expected: 'a date of the kind "day": it comes back each year',
      fix: 'name such a date, or take "day" out',
    },
  ];
}
