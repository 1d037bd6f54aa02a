import type { Draft, Edition } from '../../kit/edition/edition.ts';
import { isOverAYearOld } from '../../kit/text/dates.ts';
import type { Entries } from '../schema/collections.ts';

type Dated = Pick<Entries, 'sites' | 'initiatives' | 'actions'>;

/**
 * The day for which a build speaks, YYYY-MM-DD: that of its edition; in a draft the newest day on which a record was checked.
 * Never the clock's, or the same sources would give other bytes tomorrow (invariant 2).
 */
export function findDay(build: Edition | Draft, { sites, initiatives, actions }: Dated): string {
  if (!('of' in build)) return build.date;
  return [...sites, ...initiatives, ...actions]
    .map(({ data }) => data.checked)
    .reduce((newest, day) => (day > newest ? day : newest), '');
}

/**
 * Marks designations past their date as lapsed, for a day. "Not banned" becomes unknown, which counts as banned: an old check
 * opens no door. "Banned" stays banned, since a ban does not end because nobody looked.
 * Attack: a campaign that nobody tends goes on calling an address free, long after it has become a reason for arrest.
 */
export function lapseDesignations(
  { sites, initiatives }: Pick<Entries, 'sites' | 'initiatives'>,
  day: string,
): void {
  for (const { data } of [...sites, ...initiatives]) {
    const { designation } = data;
    for (const decision of designation.decisions) decision.lapsed = decision.until < day;
    if (designation.cleared === undefined || designation.cleared.until >= day) continue;
    designation.lapsed = true;
    designation.status = 'unknown';
  }
}

/**
 * What has shown no sign of life within twelve months before a day is no longer called live, and an action is at most as good as
 * the initiatives that it goes through. A leaflet loses what is no longer live: paper cannot say so later.
 * Attack: money and letters go to a service that has long ended, or to whoever has taken its name, since nobody looked again.
 */
export function retireSilent(
  { sites, initiatives, actions }: Dated,
  leaflets: Entries['leaflets'],
  day: string,
): void {
  for (const { data } of [...sites, ...initiatives]) {
    if (data.state === 'live' && (data.alive === undefined || isOverAYearOld(data.alive.date, day)))
      data.state = 'unverified';
  }
  const live = new Set(
    initiatives.filter(({ data }) => data.state === 'live').map(({ slug }) => slug),
  );
  for (const { data } of actions) {
    if (data.state === 'live' && !data.initiatives.every((id) => live.has(id)))
      data.state = 'unverified';
  }
  const silent = new Set(
    actions.filter(({ data }) => data.state !== 'live').map(({ slug }) => slug),
  );
  for (const { data } of leaflets) data.actions = data.actions.filter((id) => !silent.has(id));
}

/**
 * Takes out mirrors past their date: who let an address go may not own it any more.
 * Attack: a lapsed domain is bought by somebody else, and the list of mirrors leads readers to it.
 */
export function dropPastMirrors(entries: Pick<Entries, 'mirrors'>, day: string): void {
  entries.mirrors = entries.mirrors.filter(({ data }) => data.until >= day);
}
