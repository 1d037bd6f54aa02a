import type { Edition } from '../edition/edition.ts';
import { addDays } from '../text/dates.ts';
import { isSameKey, isSameKeySet, type KeySet } from '../minisign/public-key.ts';
import { quoteName } from '../text/plain-characters.ts';
import { chainFile, editionFile, manifestFile } from '../edition/edition-files.ts';
import type { SoundChain } from '../chain/check-chain.ts';
import {
  type SeenEdition,
  findRequirement,
  newestKnown,
  type Requirement,
  type Trust,
} from '../trust/trust.ts';
import type { Findings } from './verdict.ts';
import type { Claims } from './claims.ts';

/**
 * Checks what a copy says of its edition against what the checker knows, and gives what has to have
 * signed it. Attacks: keys of the adversary named in EDITION.txt; an edition of another campaign of
 * the same keys; a later edition made with a key that was taken out; an edition that names another
 * history.
 */
export function checkEdition(
  { list, edition, draft }: Claims,
  chain: SoundChain | undefined,
  trust: Trust,
  findings: Findings,
): Requirement | undefined {
  const campaign = (edition ?? draft)?.campaign;
  if (campaign !== undefined && trust.campaign !== undefined && campaign !== trust.campaign) {
    findings.add(
      'tampered',
      `It is of the campaign ${quoteName(campaign)}, expected ${quoteName(trust.campaign)}.`,
      editionFile,
    );
  }
  // Attack: another list that the same keys have signed, in place of the site's.
  if (list && !list.files.some(({ path }) => path === editionFile))
    findings.add(
      'tampered',
      `The list does not name ${editionFile}: it is not the list of a site.`,
      manifestFile,
    );
  if (draft)
    findings.add(
      'unsigned',
      `It is a draft of edition ${draft.of}: nobody stands by it.`,
      editionFile,
    );
  // Without EDITION.txt the list itself tells which edition it is, if the checker knows it.
  const byList = [...trust.editions.values()].find(
    ({ listHash }) => listHash !== undefined && listHash === list?.hash,
  )?.edition;
  if (byList && edition && byList.number !== edition.number)
    findings.add(
      'mixed',
      `The list is that of edition ${byList.number}, and ${editionFile} says ${edition.number}.`,
      manifestFile,
    );
  if (!edition) return trust.given ? { keys: trust.given } : byList && { keys: byList.keys };

  const isOtherHistory = chain && checkKnownHistory(chain, trust, findings);
  const requirement = findRequirement(trust, edition.number, chain);
  if ('refused' in requirement) {
    findings.add(
      requirement.verdict,
      `Edition ${edition.number} cannot be proven: ${requirement.refused}.`,
      editionFile,
    );
    return requirement;
  }
  if (requirement.note !== undefined) findings.note(requirement.note);
  if (trust.given === undefined && !isSameKeySet(requirement.keys, edition.keys)) {
    findings.add(
      requirement.isGuess ? 'unsigned' : 'tampered',
      `It names other keys than ${trust.origin} knows for edition ${edition.number}.`,
      editionFile,
    );
  }
  if (trust.given && requirement.keys === trust.given)
    checkGivenKeys(edition.keys, trust.given, trust.isThresholdSaid === true, findings);
  if (!isOtherHistory) checkHistory(edition.number, edition.previousList, trust, findings);
  return requirement;
}

/** The keys that are asked for, if any can prove it. */
export const keysOf = (requirement: Requirement | undefined): KeySet | undefined =>
  requirement && 'keys' in requirement ? requirement.keys : undefined;

/** Attack: a key of the campaign, stolen, that signs an edition which asks for itself alone. */
function checkGivenKeys(
  named: KeySet,
  given: KeySet,
  isThresholdSaid: boolean,
  findings: Findings,
): void {
  const missing = given.keys.filter((key) => !named.keys.some((other) => isSameKey(other, key)));
  for (const { id } of missing)
    findings.add('tampered', `It does not name the key ${id} that you gave.`, editionFile);
  if (named.threshold <= given.threshold) return;
  const count = `The edition asks for ${named.threshold} signatures, you for ${given.threshold}`;
  // Attack: one seized laptop is enough for whoever was given one of the keys, and does not know
  // that there are more.
  if (isThresholdSaid) findings.note(`${count}: give more keys to check more.`);
  else
    findings.add(
      'unsigned',
      `${count}: give more of its keys, or say that fewer are enough: --threshold ${given.threshold}.`,
      editionFile,
    );
}

function checkHistory(
  number: number,
  previousList: string | undefined,
  trust: Trust,
  findings: Findings,
): void {
  const before = trust.editions.get(number - 1)?.listHash;
  if (before !== undefined && previousList !== before)
    findings.add(
      'forked',
      `It follows another edition ${number - 1} than ${trust.origin} knows.`,
      editionFile,
    );
}

/**
 * Compares what a chain says of earlier editions with what the checker knows. Attack: a history
 * written anew by whoever has stolen the keys, or shown to one reader alone.
 * @returns whether one differs
 */
function checkKnownHistory(chain: SoundChain, trust: Trust, findings: Findings): boolean {
  const others = [...trust.editions.values()].filter(
    ({ edition: { number }, listHash }) =>
      listHash !== undefined && (chain.lists[number - 1] ?? listHash) !== listHash,
  );
  for (const { edition } of others)
    findings.add(
      'forked',
      `Its history has another edition ${edition.number} than ${trust.origin} knows.`,
      chainFile,
    );
  return others.length > 0;
}

/**
 * Checks an edition against time and memory: an old one in full, two of one number, one past its
 * date. Attack: an edition that was true once, shown for ever, so that readers miss a stop, a
 * changed account, a revoked key.
 * @param today YYYY-MM-DD
 * @param isProven whether enough of the keys have signed it
 */
export function checkFreshness(
  { list, edition }: Claims,
  isProven: boolean,
  trust: Trust,
  seen: readonly SeenEdition[],
  today: string,
  findings: Findings,
): void {
  if (!edition) return;
  const { number, lookForNewerAfter } = edition;
  const newest = Math.max(
    newestKnown(trust)?.edition.number ?? 0,
    ...seen.map((item) => item.number),
  );
  // Attack: a false edition that nobody has signed and that says of itself to be old, so that the
  // verdict is of a true edition past its date.
  const report = (verdict: 'rolled back' | 'stale', text: string): void => {
    if (isProven) findings.add(verdict, text, editionFile);
    else findings.note(text);
  };
  if (number < newest)
    report('rolled back', `It is edition ${number}, and edition ${newest} is known.`);
  if (today > lookForNewerAfter)
    report(
      'stale',
      `Edition ${number} was to be trusted without looking for a newer one until ${lookForNewerAfter}; today is ${today}.`,
    );

  checkDates(edition, trust, today, findings);
  const known = [
    trust.editions.get(number)?.listHash,
    ...seen.filter((item) => item.number === number).map((item) => item.list),
  ];
  const isOther =
    list !== undefined && known.some((hash) => hash !== undefined && hash !== list.hash);
  if (isOther && isProven)
    findings.add(
      'forked',
      `Another list is known for edition ${number}, and both are signed: one key holder serves two truths, or a key is stolen.`,
      manifestFile,
    );
}

/**
 * Longer than a campaign that keeps its readers safe asks to be trusted without a look for news.
 */
const maxDaysOfTrust = 400;

/**
 * Attack: an edition that is never past its date, made once with stolen keys; dates that a group of
 * key holders has not looked at.
 */
function checkDates(edition: Edition, trust: Trust, today: string, findings: Findings): void {
  const { number, date, lookForNewerAfter } = edition;
  // A day more, since it is tomorrow in other places.
  if (date > addDays(today, 1))
    findings.note(
      `It is dated ${date}, and today is ${today} on this device: either its clock is wrong, or the date of the edition.`,
    );
  if (lookForNewerAfter > addDays(date, maxDaysOfTrust))
    findings.note(
      `It asks to be trusted until ${lookForNewerAfter}, more than ${maxDaysOfTrust} days after its date: look for a newer one before.`,
    );
  const before = trust.editions.get(number - 1)?.edition.date;
  if (before !== undefined && date < before)
    findings.note(`It is dated ${date}, before edition ${number - 1} (${before}).`);
}

/**
 * Compares what a chain says of earlier editions with those that this checker has seen, each under
 * the keys of its time: an edition by keys that were no longer its campaign's says nothing.
 * @param seenUnder editions that were seen and count under these keys
 */
export function checkSeenHistory(
  chain: SoundChain,
  seenUnder: (keys: KeySet) => readonly SeenEdition[],
  findings: Findings,
): void {
  for (const { from, to, keys } of chain.stages)
    for (const { number, list } of seenUnder(keys)) {
      const own = number < from || number > to ? undefined : chain.lists[number - 1];
      if (own !== undefined && own !== list)
        findings.add(
          'forked',
          `Its history has another edition ${number} than you have seen, and both were signed: one key holder serves two truths, or a key was stolen.`,
          chainFile,
        );
    }
}
