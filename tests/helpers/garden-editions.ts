import { cpSync } from 'node:fs';
import { makeFolder } from './build.ts';
import { keepEdition, makeEdition, makeKeys } from './signed-sites.ts';
import type { Files } from './plant.ts';

export const page = (title: string, words: string): string =>
  `\uFEFF<!DOCTYPE html><html lang="en"><head><meta ` +
  `charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1><p>${words}</p></main></body></html>`;
const account = 'NL91 ABNA 0417 1643 00';
/** A small site, as it was in a year. */
export const filesOf = (year: number): Files => ({
  'index.html': page('Garden', `The garden in ${year}.`),
  '404.html': page('Not here', 'Nothing grows here.'),
  'en/home.html': page('Home', `What grows in ${year}.`),
  'en/give.html': page('Give', `For seeds: ${account}, as of ${year}.`),
  'fr/give.html': page('Donner', `Pour les graines : ${account}, en ${year}.`),
  'hosting/headers.txt': `# ${year}\n/*\n  X-Frame-Options: DENY\n`,
});

/**
 * Two of three keys sign; edition 2 takes the third one out, and edition 3 has another in its
 * place.
 */
export const [anna, boris, clara, dora, mallory] = makeKeys(5) as [Key, Key, Key, Key, Key];
export type Key = ReturnType<typeof makeKeys>[number];
const first = { keys: [anna, boris, clara], threshold: 2 };
export const later = { keys: [anna, boris, dora], threshold: 2 };

export interface World {
  /** The true editions, by number. */
  sites: Record<1 | 2 | 3, string>;
  /** Another edition 3 of the same keys. */
  otherThird: string;
  /** Clones of the campaign: one that knows all, one from before edition 3. */
  clone: string;
  oldClone: string;
}
/** Makes the three editions and the two clones. */
export async function makeWorld(): Promise<World> {
  const one = await makeEdition(filesOf(2024), { number: 1, ...first, date: '2024-05-01' });
  const two = await makeEdition(filesOf(2025), {
    number: 2,
    ...first,
    next: later,
    date: '2025-05-01',
    after: one,
  });
  const three = await makeEdition(filesOf(2026), {
    number: 3,
    ...later,
    after: two,
  });
  const otherThird = await makeEdition(filesOf(2027), { number: 3, ...later, after: two });
  const [clone, oldClone] = [makeFolder('clone-'), makeFolder('old-clone-')];
  keepEdition(clone, 1, one, [anna, boris]);
  keepEdition(clone, 2, two, [anna, boris]);
  cpSync(clone, oldClone, { recursive: true });
  keepEdition(clone, 3, three, [anna, boris]);
  return { sites: { 1: one, 2: two, 3: three }, otherThird, clone, oldClone };
}
