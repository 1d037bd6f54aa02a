import { describe, expect, inject, test } from 'vitest';
import { checkEncoding, checkReferences } from '../../scripts/lab/checks/references.ts';
import {
  printFailures,
  printTable,
  failed,
  leftOut,
  type Table,
  type CheckResult,
} from '../../scripts/lab/report.ts';
import { readSite } from '../../scripts/lab/site.ts';
import { page, plant, type Files } from '../helpers/plant.ts';

describe('a reference', () => {
  test.each<[string, Files, string]>([
    [
      'from the top of the host',
      { 'beds/sage.html': page('Sage', '<a href="/beds/mint.html">Mint</a> <img src="/a.png">') },
      'beds/sage.html has 2 references that begin with / (/beds/mint.html): they work at the top ' +
        'of a host only; write them from the page, such as ../beds/mint.html',
    ],
    [
      'to a page that is not there',
      { 'beds/sage.html': page('Sage', '<a href="min.html">Mint</a>') },
      'beds/sage.html refers to min.html, expected a file; there is no beds/min.html',
    ],
    [
      'to a picture that is not there',
      { 'beds/sage.html': page('Sage', '<img src="../sage.png">') },
      'refers to ../sage.png, expected a file; there is no sage.png',
    ],
    [
      'to a style that is not there',
      { 'beds/sage.html': page('Sage', '', '<link rel="stylesheet" href="style.css">') },
      'there is no beds/style.css',
    ],
    [
      'to a place that is not there',
      { 'beds/sage.html': page('Sage', '<a href="mint.html#leaves">Leaves</a>') },
      'beds/sage.html refers to mint.html#leaves, but no place in beds/mint.html is called "leaves"',
    ],
    [
      'with a percent sign that encodes nothing',
      { 'beds/sage.html': page('Sage', '<a href="100%">All</a> <a href="#50%">Half</a>') },
      'refers to 100%',
    ],
  ])('%s is a fault of the site, reported once', (_name, files, expected) => {
    expect(checkReferences(plant(files)).failures.join('\n')).toContain(expected);
  });

  test('of a sound site, and of the default site, is none', () => {
    expect(
      checkReferences(
        plant({
          'beds/sage.html': page(
            'Sage',
            '<h2 id="b%20l">Leaves</h2><a href="#b%20l">x</a> <a ' +
              'href="https://far.example/#x">Far</a> <a href="mailto:a@b.example">Post</a>',
          ),
        }),
      ),
    ).toMatchObject({ failures: [] });
    expect(checkReferences(readSite(inject('defaultSite')))).toMatchObject({
      state: 'ok',
      failures: [],
    });
  });
});

describe('an encoding', () => {
  test.each<[string, Files, string]>([
    [
      'other than UTF-8',
      {
        'ru.html': Buffer.concat([
          Buffer.from('<!DOCTYPE html><meta charset="windows-1251"><title>'),
          Buffer.from([0xcf, 0xf0, 0xe8]),
          Buffer.from('</title>'),
        ]),
      },
      'ru.html is not in UTF-8',
    ],
    [
      'that nothing names',
      { 'fr.html': '<!DOCTYPE html><title>Été</title>' },
      'fr.html does not say that it is UTF-8',
    ],
  ])('%s is a fault of the site', (_name, files, expected) => {
    expect(checkEncoding(plant(files)).failures.join()).toContain(expected);
  });

  test('of a sound site is none', () => {
    expect(
      checkEncoding(
        plant({
          'en.html': '<!DOCTYPE html><title>Plain</title>',
          'fr.html': '<!DOCTYPE html><meta charset="utf-8"><title>Été</title>',
        }),
      ),
    ).toMatchObject({ state: 'ok' });
  });
});

describe('the report', () => {
  const table = (...rows: [string, CheckResult][]): Table => ({
    title: 'Hosts',
    kind: 'host',
    columns: ['links'],
    rows: rows.map(([name, result]) => ({ name, cells: new Map([['links', result]]) })),
  });

  test('reports a fault once that several hosts have alike, whatever their ports', () => {
    const fault = (port: number) => failed(`a.html leads to http://127.0.0.1:${port}/x`);
    expect(printFailures(table(['a', fault(1)], ['b', fault(2)]))).toEqual([
      'a, b, links: a.html leads to http://127.0.0.1:1/x',
    ]);
    expect(
      printFailures(table(['a', fault(1)], ['b', fault(2)], ['c', fault(3)], ['d', fault(4)])),
    ).toEqual(['a and 3 others, links: a.html leads to http://127.0.0.1:1/x']);
  });

  test('says how many more there are', () => {
    const many: CheckResult = {
      state: 'failed',
      notes: [],
      failures: Array.from({ length: 11 }, (_, index) => `fault ${index}`),
    };
    expect(printFailures(table(['a', many])).slice(-2)).toEqual([
      'a, links: fault 7',
      'a, links: … and 3 more',
    ]);
  });

  test('numbers notes, and lets no page write to the terminal', () => {
    const text = printTable(
      table(['a|b', leftOut('no \u001b[2Jprogram')], ['c', leftOut('no \u001b[2Jprogram')]),
    );
    expect(text).toContain('| a¦b  | – [1] |');
    expect(text).not.toContain('\u001b');
    expect(text.match(/^\[1\]/gm)).toHaveLength(1);
  });
});
