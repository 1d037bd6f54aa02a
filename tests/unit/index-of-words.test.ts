import { describe, expect, test } from 'vitest';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import {
  chooseTerms,
  makeTerms,
  type KnownNames,
  type Term,
} from '../../src/integrations/post-build/terms/make-terms.ts';
import {
  makeRowPrinter,
  printLetters,
} from '../../src/integrations/post-build/terms/print-terms.ts';
import { listSections, type Section } from '../../src/integrations/post-build/terms/sections.ts';
import { makeTree, type TermPage } from '../../src/integrations/post-build/terms/term-tree.ts';

const page = (main: string, path = 'en/guide/mint.html') =>
  listSections(parsePage(path, `<html lang="en"><body><main data-listed>${main}</main>`));

describe('sections of a page', () => {
  test('are none of a page that does not belong into the search', () => {
    expect(
      listSections(parsePage('en/x.html', '<html lang="en"><main><h1>Mint</h1></main>')),
    ).toEqual([]);
  });

  test('hold no menu, notice, source, number of one, address, or card of another record', () => {
    const [section] = page(
      '<h1>Mint</h1><nav>Menu</nav><p data-notice="note">Notice</p><aside>Sources</aside>' +
        '<p>Water<sup data-cites>[1]</sup> it.</p><p data-record>Address</p>' +
        '<article data-shown="actions/x">Card</article><p data-unlisted>Everywhere</p>',
    );
    expect(section?.texts).toEqual(['Water it.']);
  });

  test('begin at headings with an id, and end where a heading of the engine has none', () => {
    const found = page(
      '<h1>Mint</h1><p>Lead</p><h2 id="water">Water</h2><p>At dawn.</p><h2>Links</h2><p>Rakes</p>',
    );
    expect(found.map(({ fragment, texts }) => [fragment, texts])).toEqual([
      ['', ['Lead', 'Rakes']],
      ['water', ['At dawn.']],
    ]);
  });

  test('are entries of a list too, and what follows an entry is not in it', () => {
    const found = page(
      '<h1>Dates</h1><dl><dd id="frost" data-entry><b>Frost</b><p>Cold.</p></dd></dl><p>End</p>',
    );
    expect(found.map(({ heading, texts }) => [heading.text, texts])).toEqual([
      ['Dates', ['End']],
      ['Frost', ['Cold.']],
    ]);
  });

  test('warn of what their page warns of, and entries of their own state alone', () => {
    const found = page(
      '<h1>Mint</h1><div data-facts><b data-state="archived">Old</b></div><h2 id="a">A</h2>' +
        '<article id="b" data-entry><h3>B</h3><b data-state="dangerous">Dangerous</b></article>',
    );
    expect(found.map(({ badges }) => badges)).toEqual([['Old'], ['Old'], ['Dangerous']]);
  });

  test('say the language of their titles where it is another', () => {
    const [section] = page('<h1 lang="fa" dir="rtl">نعناع</h1>');
    expect(section?.heading).toEqual({ text: 'نعناع', language: 'fa', direction: 'rtl' });
  });
});

const section = (heading: string, text = '', more: Partial<Section> = {}): Section => {
  const label = { text: heading, language: undefined, direction: undefined };
  return {
    path: `en/${heading.toLowerCase().replaceAll(' ', '-')}.html`,
    fragment: '',
    page: label,
    heading: label,
    texts: [text],
    badges: [],
    isEntry: false,
    warnings: [],
    ...more,
  };
};
const stemmer = {
  stemsOf: (word: string) => [word.toLowerCase().replace(/s$/, '')],
  detach: String,
};
const noNames: KnownNames = { synonyms: [], ofPages: new Map() };
const find = (sections: readonly Section[], names = noNames) =>
  new Map(
    makeTerms(sections, stemmer, names).map(({ label, places }) => [
      label,
      places.map(({ path }) => path),
    ]),
  );

describe('terms', () => {
  test('are no words that are everywhere, too short, or said once in passing', () => {
    const name = (index: number) => String.fromCharCode(97 + index);
    const sections = Array.from({ length: 20 }, (_, index) =>
      section(`Bed${name(index)}`, `water the bed is passing${name(index)}`),
    );
    const terms = find(sections);
    expect(['water', 'the', 'is', 'passingd'].filter((word) => terms.has(word))).toEqual([]);
    expect(terms.get('Bedd')).toEqual(['en/bedd.html']);
  });

  test('put a title before many words of a text, and a short title before a long one', () => {
    const sections = [
      section('Tools', 'mint mint mint mint mint mint mint mint'),
      section('How we once thought of mint here', ''),
      section('Mint', ''),
    ];
    expect(find(sections).get('mint')?.[0]).toBe('en/mint.html');
  });

  test('put what warns behind what does not', () => {
    const sections = [section('Mint old', '', { badges: ['Archived'] }), section('Mint new')];
    expect(find(sections).get('Mint')?.[0]).toBe('en/mint-new.html');
  });

  test('join the forms of a word', () => {
    expect(find([section('Bed'), section('Beds')]).get('Bed')).toEqual([
      'en/bed.html',
      'en/beds.html',
    ]);
  });

  test('are under each name that the campaign knows, in whatever script', () => {
    const terms = find([section('Mint')], {
      synonyms: [['Mint', 'М’ята', 'menthe']],
      ofPages: new Map([['en/mint.html', ['Herb']]]),
    });
    for (const name of ['Mint', 'М’ята', 'menthe', 'Herb'])
      expect(terms.get(name), name).toEqual(['en/mint.html']);
  });

  test('that say least go first where there is no room', () => {
    const sections = [section('Mint'), section('A long title that names many things')];
    const terms = makeTerms(sections, stemmer, noNames);
    expect(chooseTerms(terms, () => 1, 1).map(({ label }) => label)).toEqual(['Mint']);
  });
});

const term = (label: string): Term => ({
  label,
  key: label.toLowerCase(),
  places: [section('Mint')],
  weight: 1,
});
const pagesOf = (pages: readonly TermPage[]): TermPage[] =>
  pages.flatMap((one) => (one.kind === 'letter' ? [one, ...one.leaves] : [one]));

describe('the tree', () => {
  test('has nothing where there are no words', () => {
    expect(makeTree([], 'en', () => true)).toEqual({ letters: [], pages: [] });
  });

  test('has letters on one page as long as they fit, each at its place', () => {
    const { letters, pages } = makeTree(['fox', 'ant', 'bee', '2015'].map(term), 'en', () => true);
    expect(pages.map(({ name, range }) => [name, range])).toEqual([['0', ['0–9', 'F']]]);
    expect(letters).toEqual([
      { letter: '0–9', page: '0', fragment: '0' },
      { letter: 'A', page: '0', fragment: 'a' },
      { letter: 'B', page: '0', fragment: 'b' },
      { letter: 'F', page: '0', fragment: 'f' },
    ]);
  });

  test('sorts as its language does, and names pages by letters that any host knows', () => {
    const { letters, pages } = makeTree(
      ['ўлада', 'яма', 'ідэя', 'tor'].map(term),
      'be',
      (some) => some.length < 2,
    );
    expect(letters.map(({ letter }) => letter)).toEqual(['І', 'Ў', 'Я', 'T']);
    expect(pages.map(({ name }) => name)).toEqual(['u-456', 'u-45e', 'u-44f', 't']);
  });

  test('names no page as Windows names a device: it would hang whoever opens it there', () => {
    const words = ['concert', 'conduct', 'contact', 'cup', 'auxiliary', 'aux'].map(term);
    const { pages } = makeTree(words, 'en', (some) => some.length < 2);
    const names = pagesOf(pages).map(({ name }) => name);
    expect(names).toEqual(['a', 'u-61-75-78', 'auxi', 'c', 'conc', 'cond', 'cont', 'cu']);
  });

  // 10,000 pages have some 100,000 words: whatever their beginnings, two pages lead to each.
  test('of a site of 10,000 pages is two pages deep, and no page of it is too large', () => {
    const syllables = ['ba', 'be', 'do', 'ku', 'li', 'mo', 'ra', 'sa', 'te', 'vy'];
    const words = Array.from({ length: 100_000 }, (_, index) =>
      term(
        Array.from(String(index).padStart(5, '0'), (digit) => syllables[Number(digit)]).join(''),
      ),
    );
    const most = 130;
    const { letters, pages } = makeTree(words, 'en', (some) => some.length <= most);
    const all = pagesOf(pages);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(letters).toHaveLength(9);
    for (const one of all) {
      if (one.kind === 'letter') expect(one.leaves.length).toBeLessThan(400);
      else expect(one.groups.flatMap(({ terms }) => terms).length).toBeLessThanOrEqual(most);
      if (one.kind === 'letter') for (const leaf of one.leaves) expect(leaf.kind).toBe('words');
    }
    const shown = all
      .flatMap((one) => (one.kind === 'words' ? one.groups : []))
      .flatMap(({ terms }) => terms);
    expect(shown).toHaveLength(words.length);
  });
});

describe('printed', () => {
  const plain = { languageOf: () => '' };
  const print = (...sections: Section[]) =>
    makeRowPrinter('en', sections, plain)({ ...term('<b>'), places: sections });

  test('no title becomes an element, and no address an attribute of its own', () => {
    expect(print(section('<i>', '', { path: 'en/a.html', fragment: '"x' }))).toBe(
      '<li><b>&lt;b></b> <a href="../a.html#&quot;x">&lt;i></a></li>',
    );
  });

  test('sections of the same title name their pages, and a state warns', () => {
    const mint = { text: 'Mint', language: 'fa', direction: 'rtl' };
    const one = section('Links', '', { path: 'en/a.html', fragment: 'x', page: mint });
    const other = section('Links', '', { path: 'en/b.html', badges: ['! Dangerous'] });
    expect(print(one, other)).toContain(
      '<a href="../a.html#x">Links</a> (<span lang="fa" dir="rtl">Mint</span>) ·\u00a0' +
        '<a href="../b.html">Links</a> (! Dangerous)',
    );
  });

  test('the letter of the page at hand is no link elsewhere', () => {
    const letters = [
      { letter: 'A', page: 'a', fragment: 'a' },
      { letter: 'B', page: 'a', fragment: 'b' },
      { letter: 'C', page: 'c', fragment: '' },
    ];
    expect(printLetters(letters, '', plain, 'a')).toBe(
      '<a href="#a">A</a> <a href="#b">B</a> <a href="c.html">C</a>',
    );
    expect(printLetters(letters, '', plain, 'c')).toContain(
      '<a href="c.html" aria-current="page">',
    );
  });

  test('letters of another script, which may look the same, begin a line', () => {
    const letters = ['0–9', 'А', 'Б', 'A', 'B'].map((letter) => ({
      letter,
      page: 'a',
      fragment: letter,
    }));
    expect(
      printLetters(letters, '', plain, 'a')
        .split('<br>')
        .map((line) => line.replace(/<[^>]*>/g, '')),
    ).toEqual(['0–9 А Б ', 'A B']);
  });
});
