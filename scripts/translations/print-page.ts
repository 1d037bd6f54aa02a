import { escapeHtml } from '../../src/lib/escape-html.ts';
import type { Site } from '../../src/campaign/schema/site.ts';
import type { TranslationState } from './list-translations.ts';
import { columns, listOldest, listWork } from './print-table.ts';

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; }
th, td { text-align: start; padding: 0.2rem 0.8rem 0.2rem 0; border-bottom: 1px solid; }
td { font-variant-numeric: tabular-nums; }
li { overflow-wrap: anywhere; }
`;

/**
 * The state of all translations as one page without scripts, for whoever shares out the work: counts
 * of each language, what is to be done in it, and what was compared with its sources longest ago. It
 * is no part of the site.
 */
export function printPage(
  states: readonly TranslationState[],
  { id, main, languages }: Pick<Site, 'id' | 'main' | 'languages'>,
): string {
  const others = languages.filter(({ tag }) => tag !== main);
  const counts = others.map(({ tag, name }) => {
    const own = states.filter(({ language }) => language === tag);
    return [
      `<a href="#${tag}" lang="${tag}">${escapeHtml(name)}</a>`,
      ...columns.map(([, holds]) => String(own.filter(holds).length)),
    ];
  });
  const oldest = listOldest(states).map(({ file, checked }) => [escapeHtml(checked), code(file)]);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Translations of ${escapeHtml(id)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>Translations of ${escapeHtml(id)}</h1>`,
    '<p>Missing: not there in this language. Behind: the original has changed since. Unread: no ' +
      'native reader has said that it is right.</p>',
    printTable(['language', ...columns.map(([name]) => name)], counts),
    '<h2>Oldest checks</h2>',
    printTable(['compared with its sources', 'file'], oldest),
    ...others.flatMap(({ tag, name }) => [
      `<h2 id="${tag}" lang="${tag}">${escapeHtml(name)}</h2>`,
      ...printWork(states, tag),
    ]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** @param rows as HTML; the first cell of each names it */
const printTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    '<table>',
    `<tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr>`,
    ...rows.map(
      ([first = '', ...cells]) =>
        `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    ),
    '</table>',
  ].join('\n');

function printWork(states: readonly TranslationState[], tag: string): string[] {
  const work = listWork(states, tag);
  if (work.length === 0) return ['<p>Nothing is left to do.</p>'];
  return work.flatMap(({ name, lines }) => [
    `<h3>${name}: ${lines.length}</h3>`,
    '<ul>',
    ...lines.map((line) => `<li>${escapeHtml(line)}</li>`),
    '</ul>',
  ]);
}
