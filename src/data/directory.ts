import { getCollection, type CollectionEntry } from 'astro:content';
import { entryPage } from '../lib/entry-page.ts';
import { pathOf } from '../lib/paths.ts';
import { kinds } from '../campaign/schema/directory.ts';
import { isOfferedState, states } from '../campaign/schema/fields.ts';
import { site } from './campaign.ts';

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

/** In the one order of the ways to help, so that no page begins with another one. */
export const actionsAbroad = actions
  .filter((entry) => isOffered(entry) && entry.data.where !== 'inside')
  .sort((a, b) => kinds.indexOf(a.data.kind) - kinds.indexOf(b.data.kind));
/** Those of home: what `site.yaml` names, or the first ones that are live. */
export const homeActions: readonly ActionEntry[] =
  site.home.actions?.map(actionOf) ??
  actionsAbroad.filter(({ data }) => data.state === 'live').slice(0, 3);
export const actionsInside = actions.filter(
  (entry) => isOffered(entry) && entry.data.where !== 'abroad',
);
/** What can hurt first. */
export const pastActions = actions
  .filter((entry) => !isOffered(entry))
  .sort((a, b) => states.indexOf(b.data.state) - states.indexOf(a.data.state));
export const actionsAskedIn = (update: string) =>
  actions.filter(({ data }) => data.update === update);
export const actionsThrough = (initiative: string) =>
  actions.filter(
    (entry) => isOffered(entry) && entry.data.initiatives.some((id) => id === initiative),
  );

/** The page of an action, whatever its state: what somebody once linked to may be dangerous now. */
export const actionPath = (tag: string, id: string): string =>
  pathOf(tag, entryPage('actions', id));

/**
 * Where the button of an action leads, below a language: to the guide that says how it is done, or
 * to the organisation that it goes through. What is over or dangerous leads nowhere.
 */
export function wayToDo(action: ActionEntry): string | undefined {
  const { guide, initiatives: through } = action.data;
  if (!isOffered(action)) return undefined;
  if (guide !== undefined) return entryPage('guides', guide);
  return through[0] === undefined ? undefined : entryPage('initiatives', through[0]);
}

/**
 * What an action goes through, by which its newest sign of life is known: of several, the one whose
 * sign is the oldest, since it needs them all; none where one has no sign.
 */
export function leastActive({ data }: ActionEntry): InitiativeEntry | undefined {
  const through = data.initiatives.map(initiativeOf);
  const signOf = ({ data }: InitiativeEntry) => data.alive?.date;
  if (through.some((initiative) => signOf(initiative) === undefined)) return undefined;
  return through.toSorted((a, b) => ((signOf(a) ?? '') < (signOf(b) ?? '') ? -1 : 1))[0];
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
