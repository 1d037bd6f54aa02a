import type { Draft, Edition } from '../../kit/core/edition/edition.ts';
import { isOverAYearOld } from '../../kit/core/text/dates.ts';
import { collectionNames, rowOf, type CollectionName } from '../schema/collections.ts';
import {
  dayMovingOf,
  expiringOf,
  livingOf,
  textsOf,
  type Entries,
  type Entry,
} from '../schema/entries.ts';
import { stateOf, keepNames, listRelations, namesAt } from './check-references.ts';

/**
 * The day for which a build speaks, YYYY-MM-DD: that of its edition; in a draft the newest day on
 * which a record was checked, or a text, where there is no such record. Never the clock's, or the
 * same sources would give other bytes tomorrow (invariant 2).
 */
export function findDay(build: Edition | Draft, entries: Entries): string {
  if (!('of' in build)) return build.date;
  return findNewest(dayMovingOf(entries)) || findNewest(textsOf(entries));
}

const findNewest = (checked: readonly { data: { checked: string } }[]): string =>
  checked
    .map(({ data }) => data.checked)
    .reduce((newest, day) => (day > newest ? day : newest), '');

/**
 * Marks designations past their date as expired, for a day. "Not banned" becomes unknown, which
 * counts as banned: an old check makes no link. "Banned" stays banned, since a ban does not end
 * because nobody looked. Attack: a campaign that nobody tends goes on calling an address free, long
 * after it has become a reason for arrest.
 */
export function expireDesignations(entries: Entries, day: string): void {
  for (const { data } of expiringOf(entries)) {
    const { designation } = data;
    for (const decision of designation.decisions) decision.expired = decision.until < day;
    if (designation.cleared === undefined || designation.cleared.until >= day) continue;
    designation.expired = true;
    designation.status = 'unknown';
  }
}

/**
 * What has shown no sign of life within twelve months before a day is no longer called live. What
 * is at most as good as another record follows it, over as many steps as there are; lists of what
 * is live lose it: paper cannot say so later. Attack: money and letters go to a service that has
 * long ended, or to whoever has taken its name, since nobody looked again.
 */
export function retireSilent(entries: Entries, day: string): void {
  for (const { data } of livingOf(entries)) {
    if (data.state === 'live' && (data.alive === undefined || isOverAYearOld(data.alive.date, day)))
      data.state = 'unverified';
  }
  const relations = listRelations(entries);
  const listLive = (to: string) => {
    const list: Entry[] = entries[to as CollectionName];
    return new Set(list.filter((entry) => stateOf(entry) === 'live').map(({ slug }) => slug));
  };
  let changed: boolean;
  do {
    changed = false;
    for (const { from, path, relation } of relations) {
      if (relation.ifNotLive !== 'unverify') continue;
      const live = listLive(relation.to);
      for (const { data } of from) {
        if (!('state' in data) || data.state !== 'live') continue;
        if (namesAt(data, path).every(({ id }) => live.has(id))) continue;
        data.state = 'unverified';
        changed = true;
      }
    }
  } while (changed);
  for (const { from, path, relation } of relations) {
    if (relation.ifNotLive !== 'omit') continue;
    const live = listLive(relation.to);
    for (const { data } of from) keepNames(data, path, (id) => live.has(id));
  }
}

/**
 * Takes out what is past its own last day, such as mirrors: who let an address go may not own it
 * any more. Attack: an expired domain is bought by somebody else, and the list of mirrors leads
 * readers to it.
 */
export function dropPast(entries: Entries, day: string): void {
  for (const name of collectionNames()) {
    if (!rowOf(name).dates.ends) continue;
    const list: Entry[] = entries[name];
    list.splice(
      0,
      list.length,
      ...list.filter(({ data }) => !('until' in data) || String(data.until) >= day),
    );
  }
}
