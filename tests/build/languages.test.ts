import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildInto, changeGarden, makeFolder, swap } from '../helpers/build.ts';
import { languages, mainLanguage } from '../helpers/campaign.ts';
import { attribute, readSite } from '../helpers/site.ts';

type SitePage = ReturnType<typeof readSite>[number];

/** A text as a browser reads it: the nearest `lang` and `dir`. */
interface Read {
  page: string;
  text: string;
  lang: string;
  dir: string;
  inCode: boolean;
}

function readTexts({ path, elements }: SitePage): Read[] {
  const found: Read[] = [];
  const visit = (node: Tree.Element, lang: string, dir: string, inCode: boolean): void => {
    for (const child of node.childNodes) {
      if ('value' in child && child.nodeName === '#text' && child.value.trim() !== '')
        found.push({ page: path, text: child.value.trim(), lang, dir, inCode });
      if (!('tagName' in child) || ['script', 'style'].includes(child.tagName)) continue;
      visit(
        child,
        attribute(child, 'lang') ?? lang,
        attribute(child, 'dir') ?? dir,
        inCode || child.tagName === 'code',
      );
    }
  };
  const root = elements.find(({ tagName }) => tagName === 'html');
  if (root) visit(root, attribute(root, 'lang') ?? '', attribute(root, 'dir') ?? 'ltr', false);
  return found;
}

describe('a campaign whose main language is not Latin, a third of it untranslated', () => {
  let pages: SitePage[] = [];
  let texts: Read[] = [];
  const find = (path: string) => pages.find((page) => page.path === path)!.html;

  beforeAll(async () => {
    const folder = join(makeFolder('orchard-'), 'site');
    await buildInto(folder, { CONTENT_DIR: 'tests/fixtures/orchard' });
    pages = readSite(folder);
    texts = pages.flatMap(readTexts);
  });

  test('has the menu, the parts of home and the typeface that site.yaml names, in its order', () => {
    const home = find('fa/home.html');
    const menu = /<nav class="menu".*?<\/nav>/s.exec(home)?.[0] ?? '';
    expect([...menu.matchAll(/href="([^"]*)"/g)].map(([, page]) => page)).toEqual([
      'search.html',
      'day.html',
      'actions.html',
    ]);
    const parts = [...home.matchAll(/<figure|class="do"/g)].map(([part]) => part);
    expect(parts.indexOf('<figure')).toBeGreaterThan(-1);
    expect(parts.indexOf('<figure')).toBeLessThan(parts.indexOf('class="do"'));
    expect(home).toMatch(/html body\{font-family:system-ui,sans-serif\}/);
    // this campaign has news, which its home leaves out
    expect(home).not.toContain('href="timeline.html"');
    expect(find('fa/updates.html')).toContain('href="timeline.html"');
  });

  test('says of each text in which language and direction it is', () => {
    const persian = texts.filter(
      ({ text, lang }) => /\p{Script=Arabic}/u.test(text) && lang !== 'mul',
    );
    expect(persian.length).toBeGreaterThan(500);
    expect(persian.filter(({ lang, dir }) => lang !== 'fa' || dir !== 'rtl')).toEqual([]);
    const latin = texts.filter(
      ({ text, inCode }) => /^[A-Za-z]{2,} [a-z]{2,}/.test(text) && !inCode,
    );
    expect(latin.length).toBeGreaterThan(500);
    expect(latin.filter(({ dir }) => dir !== 'ltr')).toEqual([]);
    // A name of no language has a direction alone.
    const names = latin.filter(({ lang }) => lang === 'fa').map(({ text }) => text);
    expect([...new Set(names)].sort()).toEqual(['Obstbau heute']);
  });

  test.each([
    ['Erster Regen', 'de'],
    ['Das Gartenbuch', 'de'],
    ['Die Gärtner', 'de'],
    ['The garden book', 'en'],
    ['Twelve baskets are enough.', 'en'],
    ['Copy the folder.', 'en'],
  ])('between Latin languages too: "%s" is %s on each page', (words, language) => {
    const found = texts.filter(({ text }) => text.startsWith(words));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ lang }) => lang !== language)).toEqual([]);
  });

  test('shows a page without a translation in the main language, under its notice', () => {
    const page = find('de/guide/pruning.html');
    expect(page).toContain('<html lang="de"><head>');
    expect(page).toContain('<title lang="fa" dir="rtl">هرس – روز باغ</title>');
    expect(page).toContain('<h1 lang="fa" dir="rtl">هرس</h1>');
    expect(page).toContain('Sie lesen sie auf <span lang="fa" dir="rtl">فارسی</span>.');
    expect(page).toContain('<a href="#کی"><span lang="fa" dir="rtl">کی</span></a>');
    expect(page).toContain('<div class="text" lang="fa" dir="rtl">');
    // Cards within are in the language of the page again, with their own fallbacks.
    expect(page).toContain(
      '<article class="card" lang="de" dir="ltr"><div><h3><a href="../action/pick.html">Äpfel pflücken</a></h3>',
    );
    expect(page).toContain('<p lang="fa" dir="rtl">دوازده سبد بس است.</p>');
    expect(page).toContain('<figure class="chart" lang="de" dir="ltr">');
  });

  test('isolates names and phrases of the other direction', () => {
    expect(find('fa/guide/pruning.html')).toContain(
      '(۱۲–۳۴) به گفته <span lang="de" dir="ltr">Obstbau heute (2020)</span>.\u00a0',
    );
    expect(find('fa/initiative/ladder-club.html')).toContain('<span dir="ltr">Ladder Club!</span>');
    expect(find('fa/initiatives.html')).toContain('<span dir="ltr">Pear People (PP)</span>');
    expect(find('de/initiatives.html')).toContain('>Pear People (PP)<');
  });

  test('has one calendar and one kind of digits in texts, charts, lists and foot', () => {
    expect(find('fa/timeline.html')).toMatch(/<text x="[\d.]+" y="195">۱۴۰۱<\/text>/);
    expect(find('fa/timeline.html')).toContain('۱٬۲۰۰');
    expect(find('fa/timeline.html')).toContain('<h2>۱۴۰۱ – ۱۴۰۲</h2>');
    expect(find('fa/day.html')).toContain('<b>۱</b> <span>مه</span>');
    expect(find('fa/updates.html')).toContain('<dt>۳۱\u00a0فروردین\u00a0۱۴۰۲</dt>');
    expect(find('fa/home.html')).toMatch(/<sup><a href="[^"]+">۱<\/a><\/sup>/);
    expect(find('fa/home.html')).toContain(':where(ol:lang(fa)){list-style-type:persian}');
    expect(find('fa/home.html')).toContain('پیش نویس ویرایش ۱،');
    const persian = texts.filter(
      ({ lang, dir, inCode }) => lang === 'fa' && dir === 'rtl' && !inCode,
    );
    // The number of a source is that of the list at the foot, which is in the language of the page.
    expect(persian.filter(({ text }) => /(?<![A-Z0-9-])[0-9]/.test(text) && text !== '1')).toEqual(
      [],
    );
  });

  test('joins words as each language does', () => {
    expect(find('fa/action/pick.html')).toContain('انجمن نردبان</a>، <a');
    expect(find('de/action/pick.html')).toContain('Leiterclub</a>, <a');
    expect(find('de/mirrors.html')).toContain('Ordner. <code>https://orchard.example/</code>');
  });

  test('shows the first figure by its order, with a label of its own', () => {
    expect(find('de/home.html')).toContain('Körbe nach Datum');
    expect(find('de/home.html')).not.toContain('Bäume</h2>');
    expect(find('de/timeline.html')).toContain('<b>Ernten</b>');
    expect(find('fa/timeline.html')).toContain('<b>برداشت</b>');
  });

  test('wraps code on every page, from left to right', () => {
    const html = find('fa/update/frost.html');
    expect(html).toContain('orchard-list --of-all-trees');
    expect(html).toContain('pre{white-space:pre-wrap}');
    expect(html).toMatch(/code\{[^}]*direction:ltr[^}]*\}/);
  });
});

test('each text of the default campaign may lack a translation: its page says so, in each language', async () => {
  const campaign = join(makeFolder('untranslated-'), 'content');
  cpSync('src/content', campaign, { recursive: true });
  const translated = languages.filter((tag) => tag !== mainLanguage);
  for (const collection of ['guides', 'updates'])
    for (const tag of translated) rmSync(join(campaign, collection, tag), { recursive: true });
  const folder = join(campaign, 'out');
  await buildInto(folder, { CONTENT_DIR: campaign });
  const pages = readSite(folder);
  for (const tag of translated)
    for (const file of readdirSync(join(campaign, `guides/${mainLanguage}`))) {
      const slug = file.replace(/\.mdx?$/, '');
      const page = pages.find(({ path }) =>
        [`${tag}/${slug}.html`, `${tag}/guide/${slug}.html`].includes(path),
      );
      expect(page?.html, `${tag}/${slug}`).toContain(`<div class="text" lang="${mainLanguage}">`);
      if (slug !== 'home' && slug !== 'day')
        // their titles are records', all languages in one file
        expect(page?.html, `${tag}/${slug}`).toContain(`<h1 lang="${mainLanguage}">`);
    }
});

test('a language that only data knows is built, and its search has the rules of the campaign', async () => {
  const campaign = changeGarden({
    'site.yaml': swap('  - { tag: ar,', '  - { tag: ka, name: ქართული }\n  - { tag: ar,'),
    'interface/ka.yaml': readFileSync('tests/fixtures/garden/interface/en.yaml', 'utf8'),
    'languages/ka.yaml': 'search:\n  endings: ებმა ების ები ის ი\n',
  });
  const folder = join(makeFolder('georgian-'), 'site');
  await buildInto(folder, { CONTENT_DIR: campaign });
  const page = readSite(folder).find(({ path }) => path === 'ka/search.html');
  const box = page?.elements.find((element) => attribute(element, 'id') === 'search');
  expect(JSON.parse(attribute(box!, 'data-strings') ?? '')).toMatchObject({
    rules: { language: 'ka', endings: ['ების', 'ებმა', 'ები', 'ის', 'ი'] },
  });
});
