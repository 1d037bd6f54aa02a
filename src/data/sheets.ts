import { getCollection, type CollectionEntry } from 'astro:content';
import { mirrors } from './facts.ts';

export type LeafletEntry = CollectionEntry<'leaflets'>;
export type LetterEntry = CollectionEntry<'letters'>;

const byName = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
export const leaflets: LeafletEntry[] = (await getCollection('leaflets')).sort(byName);
export const letters: LetterEntry[] = (await getCollection('letters')).sort(byName);

/** A sheet has room for so many; more are on the mirrors page. */
const maxMirrors = 2;
export const printedMirrors = mirrors.slice(0, maxMirrors);
