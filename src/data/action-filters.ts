import type { InterfaceStrings } from '../campaign/schema/interface.ts';
import { kinds, times, type Action } from '../campaign/schema/directory.ts';
import { states, type State } from '../campaign/schema/fields.ts';
import { actionsAbroad, isOffered, pastActions, type ActionEntry } from './directory.ts';

/**
 * One way to narrow the list of actions down: a page of its own, since a page without scripts
 * cannot filter.
 */
export type ActionFilter = { actions: ActionEntry[] } & (
  | { by: 'time'; value: Action['time'] }
  | { by: 'kind'; value: Action['kind'] }
  | { by: 'state'; value: State }
);

const all: ActionFilter[] = [
  ...times.map((value) => ({
    by: 'time' as const,
    value,
    actions: actionsAbroad.filter(({ data }) => data.time === value),
  })),
  ...kinds.map((value) => ({
    by: 'kind' as const,
    value,
    actions: actionsAbroad.filter(({ data }) => data.kind === value),
  })),
  ...states.map((value) => ({
    by: 'state' as const,
    value,
    actions: [...actionsAbroad, ...pastActions].filter(({ data }) => data.state === value),
  })),
];

/**
 * Those that find something. What is over or dangerous is found by its state alone: nobody is to
 * come upon it by what they would like to do.
 */
export const actionFilters: readonly ActionFilter[] = all.filter(
  ({ actions }) => actions.length > 0,
);

/** The name of a filter's list, as addresses hold it: `actions-minutes`. */
export const filterName = ({ value }: ActionFilter): string => `actions-${value}`;

/** Whether a filter's list is a part of what is offered, not of the archive. */
export const isOffer = ({ actions: [first] }: ActionFilter): boolean =>
  first !== undefined && isOffered(first);

/** A filter in words of a language. */
export function labelFilter(filter: ActionFilter, strings: InterfaceStrings): string {
  if (filter.by === 'time') return strings.times[filter.value];
  return filter.by === 'kind' ? strings.kinds[filter.value] : strings.states[filter.value];
}
