import { describe, expect, test } from 'vitest';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import {
  checkMarks,
  checkPresence,
  markNames,
  readSources,
  type Sources,
} from '../../src/integrations/post-build/marks.ts';
import { checkMarkup } from '../../src/integrations/post-build/steps/check-markup.ts';

const templates = readSources('src', /^(?:components|layouts|pages)\/.*\.astro$/);
const steps = readSources('src', /^integrations\/post-build\/(?!marks\.ts).*\.ts$/);
const state = 'components/facts/State.astro';
const search = 'integrations/post-build/terms/sections.ts';

/** The sources with one of them changed. */
function change(sources: Sources, file: string, edit: (source: string) => string): Sources {
  const source = sources.get(file);
  if (source === undefined || edit(source) === source)
    throw new Error(`nothing changed in ${file}`);
  return new Map([...sources, [file, edit(source)]]);
}
const report = (templatesNow: Sources, stepsNow: Sources) =>
  checkMarks(templatesNow, stepsNow).map(({ file, found }) => `${file}: ${found}`);

describe('the table of marks', () => {
  test('agrees with the sources', () => {
    expect(checkMarks(templates, steps)).toEqual([]);
  });

  test('notices that a component writes its mark no more', () => {
    const restyled = change(templates, state, (text) =>
      text.replaceAll(/data-state=\{[^}]*\}/g, ''),
    );
    expect(report(restyled, steps)).toEqual([`src/${state}: no mark data-state`]);
  });

  test('takes a mark in a comment for none', () => {
    const restyled = change(templates, state, (text) =>
      `/* data-state= */\n// data-state=\n${text}`.replaceAll(/data-state=\{[^}]*\}/g, ''),
    );
    expect(report(restyled, steps)).toEqual([`src/${state}: no mark data-state`]);
  });

  test('notices that a step reads its mark no more', () => {
    const changed = change(steps, search, (text) => text.replaceAll("'data-facts'", "'class'"));
    expect(report(templates, changed)).toEqual([`src/${search}: no mark data-facts`]);
  });

  test('notices a mark that nobody reads, and one that nobody writes', () => {
    const written = change(templates, state, (text) => `${text}<b data-age="1"></b>`);
    const read = change(steps, search, (text) => `${text}\nconst age = 'data-tall';`);
    expect(report(written, read)).toEqual([
      `src/${state}: the mark data-age`,
      `src/${search}: the mark data-tall`,
    ]);
  });

  test('notices a component that writes a mark of another one', () => {
    const written = change(templates, state, (text) => `${text}<b data-listed></b>`);
    expect(report(written, steps)).toEqual([`src/${state}: the mark data-listed`]);
  });
});

describe('the marks of built pages', () => {
  const build = (body: string) =>
    parsePage('en/home.html', `<html lang="en"><body>${body}</body></html>`);
  /** Faults of a site of one page. */
  function checkPage(body: string): string[] {
    const dist = { pages: [build(body)], faults: [] as Dist['faults'] } as unknown as Dist;
    checkMarkup(dist);
    return dist.faults.map(({ found, file, where }) => `${found} (${where ?? file})`);
  }
  const all = markNames.map((name) => `<p ${name}="">A</p>`).join('');

  test('are all there', () => {
    expect(checkPresence([build(all)])).toEqual([]);
    expect(checkPage(all)).toEqual([]);
  });

  test('are missed where no page of the site has one that every campaign has', () => {
    expect(checkPresence([build(all.replace('data-facts', 'title'))])).toMatchObject([
      { found: 'no page with the mark data-facts' },
    ]);
  });

  test('are known: another one is a fault', () => {
    expect(checkPage('<p data-age="1">A</p>')).toEqual(['data-age="…" on <p> (en/home.html)']);
  });

  test('of the engine are none of a text', () => {
    expect(checkPage('<div data-source="a.md"><p data-outbound="x">A</p></div>')).toEqual([
      'data-outbound in a text (a.md)',
    ]);
  });
});
