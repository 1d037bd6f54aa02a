import type { InterfaceStrings } from '../campaign/schema/interface.ts';
import { kinds, times, type Action } from '../campaign/schema/directory.ts';
import { isOfferedState, states, type State } from '../campaign/schema/fields.ts';
import { hasFilterPage } from '../lib/filter-page.ts';
import { listPage } from '../lib/paths.ts';
import { actionsAbroad, pastActions, type ActionEntry } from './directory.ts';
import { wasPublished } from './edition.ts';

/**
 * One way to narrow a list of actions down, since a page without scripts cannot filter: a place in
 * the list, or a page where it finds many.
 */
export type ActionFilter = {
  /** The name of the list that it narrows down. */
  of: 'actions' | 'actions-archive';
  actions: ActionEntry[];
} & (
  | { by: 'time'; value: Action['time'] }
  | { by: 'kind'; value: Action['kind'] }
  | { by: 'state'; value: State }
);

/** The name of a filter's page, as its address holds it: `actions/minutes`. */
export const filterName = ({ value }: Pick<ActionFilter, 'value'>): string => `actions/${value}`;

const all: ActionFilter[] = [
  ...times.map((value) => ({
    of: 'actions' as const,
    by: 'time' as const,
    value,
    actions: actionsAbroad.filter(({ data }) => data.time === value),
  })),
  ...kinds.map((value) => ({
    of: 'actions' as const,
    by: 'kind' as const,
    value,
    actions: actionsAbroad.filter(({ data }) => data.kind === value),
  })),
  ...states.map((value) => ({
    of: isOfferedState(value) ? ('actions' as const) : ('actions-archive' as const),
    by: 'state' as const,
    value,
    actions: (isOfferedState(value) ? actionsAbroad : pastActions).filter(
      ({ data }) => data.state === value,
    ),
  })),
];

/**
 * Those that find something, or have had a page. What is over or dangerous is found by its state
 * alone: nobody is to come upon it by what they would like to do.
 */
export const actionFilters: readonly ActionFilter[] = all.filter(
  (filter) => filter.actions.length > 0 || wasPublished(filterName(filter)),
);

/** Whether a filter has a page of its own. */
export const isPage = (filter: ActionFilter): boolean =>
  hasFilterPage(
    filter.actions.length,
    (filter.of === 'actions' ? actionsAbroad : pastActions).length,
    wasPublished(filterName(filter)),
  );

/**
 * How many actions a page of a list holds, so that it stays within one flight (invariant 4): what
 * is over has fewer words.
 */
export const actionsPerPage = { actions: 16, 'actions-archive': 30 } as const;

/**
 * The page of the list, below a language, that has a place of this filter: the heading, where the
 * list is in its order, kind or state; else the index at the end of the first page.
 */
function listPageOf({ of, by, value }: ActionFilter): string {
  const list = of === 'actions' ? actionsAbroad : pastActions;
  const isSorted = by === 'kind' || of === 'actions-archive';
  const index = isSorted ? list.findIndex(({ data }) => data[by] === value) : 0;
  return listPage(of, Math.floor(Math.max(0, index) / actionsPerPage[of]) + 1);
}

/** Where a filter is shown, below a language: on a page of its own, or at a place of the list. */
export const placeOf = (filter: ActionFilter): string =>
  isPage(filter) ? `${filterName(filter)}.html` : `${listPageOf(filter)}#${filter.value}`;

/**
 * Whether the first page of the list has the filter's place without the help of the filters above
 * it: what has moved to another page is found at its old place through these.
 */
export const isOnFirstPage = (filter: ActionFilter): boolean =>
  filter.actions.length > 0 &&
  listPageOf(filter) === `${filter.of}.html` &&
  (filter.by === 'kind' || filter.of === 'actions-archive' || !isPage(filter));

/**
 * Whether the one page of the list has the places of all its filters, and needs no row of them. A
 * page that an edition before had is led to by that row alone.
 */
export const needsNoFilters: boolean = actionFilters
  .filter(({ of }) => of === 'actions')
  .every((filter) => isOnFirstPage(filter) && !isPage(filter));

/** Whether a list is best seen as itself: most of it has this state. */
export const isMost = ({ by, actions }: ActionFilter): boolean =>
  by !== 'time' && actions.length * 2 > actionsAbroad.length;

/** What the index at the end of a list names: what it is not sorted by, and has no page. */
export const indexed: readonly ActionFilter[] = actionFilters.filter(
  (filter) => filter.of === 'actions' && filter.by !== 'kind' && !isPage(filter),
);

/** A filter in words of a language. */
export function labelFilter(filter: ActionFilter, strings: InterfaceStrings): string {
  if (filter.by === 'time') return strings.times[filter.value];
  return filter.by === 'kind' ? strings.kinds[filter.value] : strings.states[filter.value];
}
