import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { findGrownPages, readPageSizes } from '../../scripts/build/page-sizes.ts';
import { budgets, emptyFrame, measureGzip } from '../../src/lib/page-size.ts';
import { languages, languagesAtRisk, mainLanguage, readInterface } from '../helpers/campaign.ts';
import { attribute, follow, listLanguages, listSite, readSite, text } from '../helpers/site.ts';

const folder = inject('defaultSite');
const documents = readSite(folder);
const files = new Set(listSite(folder));
const idsOf = new Map(
  documents.map(({ path, elements }) => [
    path,
    new Set(elements.map((element) => attribute(element, 'id'))),
  ]),
);
/** All references of all pages, as [page, element, address]. */
const references = documents.flatMap(({ path, elements }) =>
  elements.flatMap((element) =>
    ['href', 'src', 'srcset', 'action', 'data', 'poster'].flatMap((name) => {
      const value = attribute(element, name);
      return value === undefined
        ? []
        : [{ page: path, tag: element.tagName, rel: attribute(element, 'rel'), value }];
    }),
  ),
);

describe('the default site', () => {
  test('speaks its readers’ languages', () => {
    expect(listLanguages(folder)).toEqual(languages);
  });

  test('holds no reference that begins at the root, and none to a folder', () => {
    expect(
      references.filter(
        ({ value }) =>
          value.startsWith('/') || (value.endsWith('/') && !/^https:/.test(value)) || value === '',
      ),
    ).toEqual([]);
  });

  test('names no index document in a link, and gives each folder of a language a copy of its home page', () => {
    const named = references.filter(({ value }) => /(^|\/)index\.html/.test(value));
    expect(
      named.filter(
        ({ page, tag, rel }) => !(page === 'files.html' && tag === 'link' && rel === 'item'),
      ),
    ).toEqual([]); // for programs that fetch the site; no reader can follow it
    for (const tag of languages)
      expect(readFileSync(join(folder, tag, 'index.html'), 'utf8')).toBe(
        readFileSync(join(folder, tag, 'home.html'), 'utf8'),
      );
  });

  test('resolves every internal reference and fragment', () => {
    const internal = references.filter(({ value }) => !/^[a-z]+:/.test(value));
    expect(internal.length).toBeGreaterThan(1000);
    const dead = internal.filter(({ page, value }) => {
      const target = value.startsWith('#') ? page : follow(page, value);
      const fragment = value.split('#')[1];
      return (
        !files.has(target) ||
        (fragment !== undefined && !idsOf.get(target)?.has(decodeURIComponent(fragment)))
      );
    });
    expect(dead).toEqual([]);
  });

  test('calls no two places of a page the same, those of the index of words among them', () => {
    const twice = documents.flatMap(({ path, elements }) => {
      const ids = elements.map((element) => attribute(element, 'id')).filter((id) => id);
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${path}#${id}`);
    });
    expect(twice).toEqual([]);
  });

  test('leads outside only from pages of the directory, without a referrer', () => {
    const outside = references.filter(
      ({ value }) => /^[a-z]+:/.test(value) && !value.startsWith('data:'),
    );
    expect(outside.length).toBeGreaterThan(4);
    expect(
      outside.filter(
        ({ page, tag, rel }) =>
          !/^[a-z]{2}\/initiative\//.test(page) || tag !== 'a' || rel !== 'noreferrer',
      ),
    ).toEqual([]);
  });

  test('names no address anywhere else, nor the machine that built it', () => {
    const outside = new Set(
      references.filter(({ value }) => value.startsWith('https:')).map(({ value }) => value),
    );
    // A short name of a machine or person stands in other words too, and proves nothing.
    const secrets = [hostname(), userInfo().username, process.cwd(), folder].filter(
      (name) => name.length > 4,
    );
    for (const { path, html } of documents) {
      const addresses = (html.match(/https?:\/\/[^"'<\s]*/g) ?? []).filter(
        (address) => !outside.has(address) && address !== 'http://www.w3.org/2000/svg',
      );
      expect(addresses, path).toEqual([]);
    }
    for (const file of files) {
      const content = readFileSync(join(folder, file));
      for (const secret of secrets)
        expect(content.includes(secret), `${file}: ${secret}`).toBe(false);
    }
  });

  test('runs a script on the search pages only', () => {
    const scripted = documents
      .filter(({ html }) => /<script|javascript:|\son[a-z]+=/i.test(html))
      .map(({ path }) => path);
    expect(scripted).toEqual(languages.map((tag) => `${tag}/search.html`));
  });

  test('puts a policy before all else, and each style and script fits it', () => {
    for (const { path, html, elements } of documents) {
      expect(html, path).toMatch(
        /^<!DOCTYPE html><html[^>]*><head><meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src 'self' data:;style-src 'sha256-/,
      );
      const policy =
        attribute(
          elements.find(({ tagName }) => tagName === 'meta')!,
          'content',
        ) ?? '';
      for (const element of elements.filter(
        ({ tagName }) => tagName === 'style' || tagName === 'script',
      )) {
        expect(policy, path).toContain(
          `'sha256-${createHash('sha256').update(text(element)).digest('base64')}'`,
        );
      }
      expect(/script-src|connect-src|worker-src/.test(policy), path).toBe(
        path.endsWith('/search.html'),
      );
      expect(html, path).not.toMatch(/<[^>]+\sstyle=/);
    }
  });

  test('keeps every page within its budgets', () => {
    const sizes = documents.map(({ path, html }) => ({
      path,
      gzip: measureGzip(html),
      plain: Buffer.byteLength(html),
    }));
    expect(sizes.filter((size) => size.gzip > budgets.page || size.plain > budgets.plain)).toEqual(
      [],
    );
    expect(sizes.filter((size) => size.gzip > budgets.ordinary).length).toBeLessThanOrEqual(
      sizes.length * (1 - budgets.share),
    );
  });

  test('lets no page grow past its budget of tests/sizes.md', () => {
    const pages = new Map(
      documents.map(({ path }) => [path, readFileSync(join(folder, path))] as const),
    );
    const table = readPageSizes(readFileSync('tests/sizes.md', 'utf8'), 'tests/sizes.md');
    expect(table.length).toBeGreaterThan(100);
    expect(findGrownPages(pages, table)).toEqual([]);
  });

  test('keeps frame and style within their budget, sheets too, with an edition line of 300', () => {
    const line =
      'Edition 12, 4 August 2027. Until 4 February 2028 you need not look for a newer one; after that day ask the people who gave you this address, or compare with another copy. The key that signs editions of this site is described on the page about copies, together with its fingerprint. Check, then trust.';
    expect(Buffer.byteLength(line)).toBe(300);
    for (const { path, html } of documents) {
      const frame = emptyFrame(html).replace(/(<p class="edition">)[^<]*/, `$1${line}`);
      expect(frame).toContain(line);
      if (!path.endsWith('/search.html'))
        expect(measureGzip(frame), path).toBeLessThanOrEqual(budgets.frame);
    }
  });

  test('keeps the entries of its menus apart where boxes have no gaps between them', () => {
    for (const { path, html } of documents) {
      const menus = html.match(/<details><summary>.*?<\/details>/gs) ?? [];
      for (const menu of menus)
        expect(menu, path).not.toMatch(/(?<!\u00A0)<\/summary>|<\/a>(?!\u2003|<\/(?:details|li)>)/);
    }
  });

  test('never begins a line with the number of a source', () => {
    const all = documents.flatMap(({ path, html }) =>
      [...html.matchAll(/(.)<sup>/gs)].map(([, before]) => ({ path, before })),
    );
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(({ before }) => before === ' ' || before === '\n')).toEqual([]);
  });

  test('begins no line with the dot between two facts, and cuts no date', () => {
    // the index of words and the page of a whole language are copied from pages before that
    const pages = documents.filter(({ path }) => !/\/terms\/|\/all\.html$/.test(path));
    const words = pages.map(({ path, html }) => ({
      path,
      text: html.replace(/<(script|style|title|pre|code)\b.*?<\/\1>|<[^>]*>/gs, '|'),
    }));
    const loose = / ·|\b\d{1,2} (?:August|жніўня|августа|août)/u;
    expect(words.filter(({ text }) => loose.test(text)).map(({ path }) => path)).toEqual([]);
    expect(words.filter(({ text }) => text.includes('\u00a0· ')).length).toBeGreaterThan(200);
  });

  test('begins the day with a button to what one can do on it, on the same page', () => {
    for (const lang of ['be', 'en', 'fr', 'ru']) {
      const { html } = documents.find(({ path }) => path === `${lang}/day.html`)!;
      const [, id = ''] = /<a class="b" href="#([^"]+)"/.exec(html) ?? [];
      expect(html, lang).toContain(`<h3 id="${decodeURIComponent(id)}"`);
      expect(html.indexOf('class="b"')).toBe(html.indexOf(`class="b" href="#${id}"`));
    }
  });

  test('ends each way of the support page with a button to its guide', () => {
    for (const lang of ['be', 'en', 'fr', 'ru'])
      expect(
        [
          ...readFileSync(join(folder, lang, 'guide/support.html'), 'utf8').matchAll(
            /<p><a class="b(?: o)?" href="([^"]+)"/g,
          ),
        ].map(([, href]) => href),
        lang,
      ).toEqual(expect.arrayContaining(['tell-your-mp.html', 'share.html', 'letters.html']));
  });

  test('stays under 20 MB and 2,000 files', () => {
    expect(files.size).toBeLessThan(2_000);
    expect(
      [...files].reduce((sum, file) => sum + statSync(join(folder, file)).size, 0),
    ).toBeLessThan(20_000_000);
  });

  test('says on every text page when it was checked and what it rests on', () => {
    const texts = documents.filter(({ path }) => /\/(guide|update|initiative)\//.test(path));
    expect(texts.length).toBeGreaterThan(40);
    const words = languages.map(readInterface);
    for (const { path, html } of texts) {
      const dated = words.some(({ checked, sources }) => {
        const at = html.indexOf(checked);
        return at >= 0 && html.includes(sources, at);
      });
      expect(dated, path).toBe(true);
    }
  });

  test('has every page but untranslated updates in all languages, and links between them', () => {
    // Each language has words and letters of its own in its index.
    const pages = (tag: string) =>
      documents
        .filter(({ path }) => path.startsWith(`${tag}/`) && !path.startsWith(`${tag}/terms/`))
        .map(({ path }) => path.slice(tag.length + 1));
    const isUpdate = (path: string) => path.startsWith('update/');
    const main = pages(mainLanguage);
    for (const tag of languages.filter((other) => other !== mainLanguage)) {
      const own = pages(tag);
      expect(own.filter((path) => !isUpdate(path))).toEqual(main.filter((path) => !isUpdate(path)));
      const updates = join('src/content/updates', tag);
      const translated = existsSync(updates) ? listSite(updates) : [];
      expect(own.filter(isUpdate).sort()).toEqual(
        translated.map((file) => `update/${file.replace(/\.mdx?$/, '.html')}`).sort(),
      );
      for (const each of own) {
        const path = `${mainLanguage}/${each}`;
        const other = documents
          .find((document) => document.path === path)
          ?.elements.find(
            (element) => element.tagName === 'a' && attribute(element, 'lang') === tag,
          );
        expect(other && follow(path, attribute(other, 'href') ?? ''), path).toBe(
          `${tag}/${each.replace('index.html', 'home.html')}`,
        );
      }
    }
  });

  test('links pages of the index of words to the indexes of the other languages', () => {
    const letters = documents.filter(({ path }) => /^[a-z]+\/terms\//.test(path));
    expect(letters.length).toBeGreaterThan(languages.length);
    for (const { path, elements } of letters) {
      const targets = elements
        .filter((element) => attribute(element, 'lang') !== undefined)
        .flatMap((element) => attribute(element, 'href') ?? [])
        .filter((href) => href.endsWith('/terms.html'))
        .map((href) => follow(path, href));
      const others = languages.filter((tag) => !path.startsWith(`${tag}/`));
      expect(targets.sort(), path).toEqual(others.map((tag) => `${tag}/terms.html`).sort());
    }
  });

  test('leads readers in the country to no sheet and to no feed from their page', () => {
    for (const tag of languages) {
      const { elements } = documents.find(({ path }) => path === `${tag}/actions-inside.html`)!;
      const foot = elements.find(({ tagName }) => tagName === 'footer')!;
      const isInFoot = (element: (typeof elements)[number]): boolean => {
        for (let up: unknown = element; up; up = (up as { parentNode?: unknown }).parentNode)
          if (up === foot) return true;
        return false;
      };
      const targets = elements
        .filter((element) => element.tagName === 'a' && isInFoot(element))
        .flatMap((element) => attribute(element, 'href') ?? []);
      expect(targets, tag).toContain('guides.html');
      expect(
        targets.filter((href) => /leaflet|updates|feed|follow|calendar/.test(href)),
        tag,
      ).toEqual([]);
    }
  });

  test('marks an initiative as banned where its only address is', () => {
    const cards = documents
      .find(({ path }) => path === 'en/initiatives.html')!
      .html.split('<article');
    const card = (name: string) => cards.find((html) => html.includes(`>${name}<`)) ?? '';
    expect(card('Viasna')).toContain('Banned in Belarus');
    expect(card('Solidarity Postcards Atelier')).toContain('Banned in Belarus');
    expect(card('Libereco')).not.toContain('Banned in Belarus');
    expect(card('Libereco')).toContain('Ban unclear: treat it as banned');
  });

  test('prints addresses outside as text in languages of readers who may be in the country', () => {
    const outside = (tag: string) =>
      documents
        .filter(({ path }) => path.startsWith(`${tag}/`))
        .flatMap(({ elements }) =>
          elements.filter((element) => /^https?:/.test(attribute(element, 'href') ?? '')),
        );
    expect(languagesAtRisk).not.toEqual([]);
    for (const tag of languagesAtRisk) {
      expect(outside(tag), tag).toEqual([]);
      const page = documents.find(({ path }) => path === `${tag}/initiative/libereco.html`);
      expect(page?.html, tag).toContain('libereco.org');
    }
    expect(outside('en').length).toBeGreaterThan(4);
  });

  test('puts the steps before everything else on the page for readers inside', () => {
    for (const { path, html } of documents.filter(({ path }) =>
      path.endsWith('/actions-inside.html'),
    ))
      expect(html, path).not.toContain('class="contents"');
  });

  test('numbers what a sentence rests on, and leads there', () => {
    const { html } = documents.find(({ path }) => path === 'en/guide/staying-safe.html')!;
    expect(html).toMatch(/<sup><a href="#s1">1<\/a><\/sup>/);
    expect(html).toContain('<li id="s1">');
  });

  test('says 404 without a link that could lead astray', () => {
    const missing = documents.find(({ path }) => path === '404.html')!;
    const links = missing.elements
      .filter(({ tagName }) => tagName === 'a')
      .map((element) => attribute(element, 'href'));
    expect(links.filter((href) => !href?.startsWith('#'))).toEqual([]);
    expect(missing.html).toContain('lang="fr"');
  });
});
