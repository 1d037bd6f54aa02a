import { foldWord, splitWords } from '../../../lib/search/fold.ts';
import { isWord } from '../../../lib/search/keys.ts';
import type { Section } from './sections.ts';
import type { Stemmer } from './stems.ts';

/** A word of the index with the places that say most about it, the most telling first. */
export interface Term {
  /** As readers see it. */
  label: string;
  /** Folded: what it is sorted and found by. */
  key: string;
  places: readonly Section[];
  /** How much it says about its best place: what an index without room for all words keeps. */
  weight: number;
}

/** What a campaign says of words besides its texts. */
export interface KnownNames {
  /** Words in one group are found wherever one of them is. */
  synonyms: readonly (readonly string[])[];
  /** Names of what a page is about, by its path: other spellings, names in other languages. */
  ofPages: ReadonlyMap<string, readonly string[]>;
}

/** So many places a word has at most: an index says where to begin, not where a word occurs. */
const maxPlaces = 3;
/** A place that says less than this share of what the best one says is left out. */
const tellingShare = 1 / 3;
/**
 * What says more about a place than a word of its text: its title, that of the whole page, less the
 * longer they are, and the name of what the page is about; what warns is no place to begin.
 */
const [ofHeading, ofTitle, ofName, ofWarned] = [8, 12, 24, 0.5];
/** However often a word occurs in a text, it says no more than this about it. */
const maxOfText = 6;
/** So often a word of a dictionary has to occur, if it is in no title: not each one is a subject. */
const fewestUses = 3;
/** A word in a larger share of all places is common: it is found by titles alone. */
const commonShare = 0.08;
/** Below so many places no share says anything: a small site has no common words. */
const fewPlaces = 8;
/** A common word whose longest form has fewer letters is no subject, even in a title. */
const shortestCommon = 5;

/** All forms of a word, by what they have in common. */
interface Group {
  /** How often each form occurs, as it is written. */
  forms: Map<string, number>;
  stems: Set<string>;
  places: Map<Section, Weight>;
}
/** How much a word says about a place: by titles, and in all. */
interface Weight {
  titles: number;
  all: number;
}

/**
 * The terms of one language: words and names of its pages, forms of one word together, without those
 * that are everywhere. The result depends on nothing but the order of the sections.
 */
export function makeTerms(
  sections: readonly Section[],
  stemmer: Pick<Stemmer, 'stemsOf' | 'detach'>,
  { synonyms, ofPages }: KnownNames,
): Term[] {
  const groups = new Groups(stemmer);
  for (const section of sections) {
    const isStart = section.fragment === '';
    const title = groups.split(section.heading.text);
    for (const word of title)
      groups.add(word, section, ((isStart ? ofTitle : ofHeading) * 2) / (1 + title.length), true);
    if (isStart)
      for (const word of (ofPages.get(section.path) ?? []).flatMap((name) => groups.split(name)))
        groups.add(word, section, ofName, true);
    for (const word of section.texts.flatMap((text) => groups.split(text)))
      groups.add(word, section, 1, false);
  }
  const shown = new Map<string, Term>();
  const isCommon = (count: number) => count > Math.max(fewPlaces, sections.length * commonShare);
  for (const group of groups.all()) {
    const places = choosePlaces(group, isCommon);
    const label = chooseLabel(group);
    const key = foldWord(label);
    const weight = weighTerm(group, sections.length);
    if (places.length > 0 && !shown.has(key)) shown.set(key, { label, key, places, weight });
  }
  for (const words of synonyms) {
    const known = [...new Set(words.flatMap((word) => groups.find(word) ?? []))];
    const places = choosePlaces(joinGroups(new Set(known)), () => false);
    if (places.length === 0) continue;
    // the campaign has named it: common or not, it is there, under each of its names
    for (const label of new Set([...known.map(chooseLabel), ...words])) {
      const key = foldWord(label);
      shown.set(key, { label, key, places, weight: Number.POSITIVE_INFINITY });
    }
  }
  return [...shown.values()];
}

/**
 * The terms that an index has room for: those that say most.
 * @param sizeOf what a term takes of the room
 */
export function chooseTerms(
  terms: readonly Term[],
  sizeOf: (term: Term) => number,
  room: number,
): Term[] {
  const byWeight = [...terms].sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  let taken = 0;
  return byWeight.filter((term) => {
    taken += sizeOf(term);
    return taken <= room;
  });
}

/** Groups of words that share a stem. */
class Groups {
  private readonly byStem = new Map<string, Group>();
  private readonly stemmer: Pick<Stemmer, 'stemsOf' | 'detach'>;

  constructor(stemmer: Pick<Stemmer, 'stemsOf' | 'detach'>) {
    this.stemmer = stemmer;
  }

  split(text: string): string[] {
    return splitWords(text)
      .map((word) => this.stemmer.detach(word))
      .filter(isWord);
  }

  add(word: string, section: Section, weight: number, isTitle: boolean): void {
    const group = this.open(word);
    group.forms.set(word, (group.forms.get(word) ?? 0) + 1);
    const place = group.places.get(section) ?? { titles: 0, all: 0 };
    place.titles += isTitle ? weight : 0;
    place.all += weight;
    group.places.set(section, place);
  }

  find(word: string): Group | undefined {
    return this.stemmer
      .stemsOf(word)
      .map((stem) => this.byStem.get(stem))
      .find((group) => group !== undefined);
  }

  all(): Iterable<Group> {
    return new Set(this.byStem.values());
  }

  /** The group of a word. One that belongs to several makes one of them. */
  private open(word: string): Group {
    const stems = this.stemmer.stemsOf(word);
    const found = new Set(stems.flatMap((stem) => this.byStem.get(stem) ?? []));
    const [first] = found;
    const group = found.size === 1 && first ? first : joinGroups(found);
    for (const stem of stems) group.stems.add(stem);
    for (const stem of group.stems) this.byStem.set(stem, group);
    return group;
  }
}

function joinGroups(groups: ReadonlySet<Group>): Group {
  const joined: Group = { forms: new Map(), stems: new Set(), places: new Map() };
  for (const { forms, stems, places } of groups) {
    for (const [form, count] of forms)
      joined.forms.set(form, (joined.forms.get(form) ?? 0) + count);
    for (const stem of stems) joined.stems.add(stem);
    for (const [section, { titles, all }] of places) {
      const before = joined.places.get(section) ?? { titles: 0, all: 0 };
      joined.places.set(section, { titles: before.titles + titles, all: before.all + all });
    }
  }
  return joined;
}

/** Places that are not common: all of them, those with the word in a title, or in that of a page. */
function choosePlaces(group: Group, isCommon: (count: number) => boolean): Section[] {
  const all = [...group.places];
  const inTitles = all.filter(([, { titles }]) => titles > 0);
  const inPages = inTitles.filter(([{ fragment }]) => fragment === '');
  const chosen = [all, inTitles, inPages].find((some) => !isCommon(some.length)) ?? [];
  const letters = Math.max(...[...group.forms.keys()].map((form) => form.length));
  if (chosen !== all && letters < shortestCommon) return [];
  if (inTitles.length === 0 && !isName(group) && countUses(group) < fewestUses) return [];
  const scored = chosen
    .map(([section, weight]) => ({ section, score: weighPlace(section, weight) }))
    .sort((a, b) => b.score - a.score); // equal ones stay in the order of the site
  const [best] = scored;
  return scored
    .filter(({ score }) => score >= (best?.score ?? 0) * tellingShare)
    .slice(0, maxPlaces)
    .map(({ section }) => section);
}

const weighPlace = ({ badges }: Section, { titles, all }: Weight): number =>
  Math.min(all, titles + maxOfText) * (badges.length > 0 ? ofWarned : 1);

/** What a word says about its best place, the more the rarer it is (inverse document frequency). */
const weighTerm = ({ places }: Group, total: number): number =>
  Math.max(...[...places].map(([, { titles, all }]) => Math.min(all, titles + maxOfText))) *
  Math.log(total / places.size);

/** Whether no form of a word begins with a small letter. */
const isName = ({ forms }: Group): boolean =>
  [...forms.keys()].every((form) => form.charAt(0) !== form.charAt(0).toLowerCase());

const countUses = ({ forms }: Group): number =>
  [...forms.values()].reduce((sum, count) => sum + count, 0);

/**
 * The form that a reader looks for: the one that a dictionary has, if the texts have it too, else
 * the most frequent one; without a capital if it is ever written so.
 */
function chooseLabel({ forms, stems }: Group): string {
  const counts = new Map<string, { count: number; written: string }>();
  for (const [form, count] of forms) {
    const key = foldWord(form);
    const before = counts.get(key);
    const written = before === undefined || form > before.written ? form : before.written;
    counts.set(key, { count: (before?.count ?? 0) + count, written });
  }
  const [best] = [...counts].sort(
    ([a, { count: countA }], [b, { count: countB }]) =>
      Number(stems.has(b)) - Number(stems.has(a)) ||
      countB - countA ||
      a.length - b.length ||
      (a < b ? -1 : 1),
  );
  return best?.[1].written ?? '';
}
