import { getCollection, type CollectionEntry } from 'astro:content';
import { listPage, pathOf } from '../lib/paths.ts';
import { times } from '../campaign/schema/directory.ts';
import { isOfferedState } from '../campaign/schema/fields.ts';

export type InitiativeEntry = CollectionEntry<'initiatives'>;
export type ActionEntry = CollectionEntry<'actions'>;

/** Whether an action or initiative is offered to readers, or only kept as a record. */
export const isOffered = ({ data }: ActionEntry | InitiativeEntry): boolean =>
  isOfferedState(data.state);

const byOrder = <E extends InitiativeEntry | ActionEntry>(a: E, b: E) =>
  a.data.order - b.data.order || (a.id < b.id ? -1 : 1);

/** Those that can be used first. */
export const initiatives = (await getCollection('initiatives')).sort(
  (a, b) => Number(isOffered(b)) - Number(isOffered(a)) || byOrder(a, b),
);
export const actions = (await getCollection('actions')).sort(byOrder);
const sites = (await getCollection('sites')).sort((a, b) => (a.id < b.id ? -1 : 1));

const initiativeById = new Map(initiatives.map((entry) => [entry.id, entry]));
const actionById = new Map(actions.map((entry) => [entry.id, entry]));

/** Records that texts and other records name: the loader has checked that they exist. */
export function initiativeOf(id: string): InitiativeEntry {
  const entry = initiativeById.get(id);
  if (!entry) throw new Error(`No initiative "${id}", and the loader let it pass.`);
  return entry;
}
export function actionOf(id: string): ActionEntry {
  const entry = actionById.get(id);
  if (!entry) throw new Error(`No action "${id}", and the loader let it pass.`);
  return entry;
}

/** The outside addresses that belong to the page of an initiative. */
export const sitesOf = (initiative: string) =>
  sites.filter(({ data }) => data.initiative === initiative);

/** The shortest first, so that a list can be read by the time that one has. */
export const actionsAbroad = actions
  .filter((entry) => isOffered(entry) && entry.data.where !== 'inside')
  .sort((a, b) => times.indexOf(a.data.time) - times.indexOf(b.data.time));
export const actionsInside = actions.filter(
  (entry) => isOffered(entry) && entry.data.where !== 'abroad',
);
export const pastActions = actions.filter((entry) => !isOffered(entry));
export const actionsAskedIn = (update: string) =>
  actions.filter(({ data }) => data.update === update);
export const actionsThrough = (initiative: string) =>
  actions.filter(
    (entry) => isOffered(entry) && entry.data.initiatives.some((id) => id === initiative),
  );

/**
 * How many cards a page of a list holds: with the frame it stays within one flight (invariant 4).
 */
export const cardsPerPage = 16;

/** Where the card of an offered action is: its page of the list, and its place there. */
export function actionPath(tag: string, id: string): string {
  const index = actionsAbroad.findIndex((action) => action.id === id);
  return index < 0
    ? pathOf(tag, 'actions-inside.html')
    : `${pathOf(tag, listPage('actions', Math.floor(index / cardsPerPage) + 1))}#${id}`;
}

/**
 * The newest sign of life of what an action goes through: of several, the oldest, since it needs
 * them all.
 */
export function aliveOf({ data }: ActionEntry): string | undefined {
  const signs = data.initiatives.map((id) => initiativeOf(id).data.alive?.date);
  return signs.includes(undefined) ? undefined : signs.sort()[0];
}

const noticeById = new Map((await getCollection('notices')).map((entry) => [entry.id, entry]));

/** Warnings that records name: the loader has checked that they exist. */
export function noticeOf(id: string): CollectionEntry<'notices'> {
  const entry = noticeById.get(id);
  if (!entry) throw new Error(`No notice "${id}", and the loader let it pass.`);
  return entry;
}

/**
 * Whether an initiative, or any address of it, is banned: the worse of the two, since who visits it
 * visits its address.
 */
export function banOf({ id, data }: InitiativeEntry): 'designated' | 'unknown' | 'none' {
  const statuses = [
    data.designation.status,
    ...sitesOf(id).map((site) => site.data.designation.status),
  ];
  return statuses.includes('designated')
    ? 'designated'
    : statuses.includes('unknown')
      ? 'unknown'
      : 'none';
}
