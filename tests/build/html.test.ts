import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { describe, expect, inject, test } from 'vitest';
import { readSite } from '../helpers/site.ts';

/**
 * What the standard of HTML forbids, without matters of taste. The lab asks the Nu checker as well,
 * which needs Java.
 */
const checker = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

async function check(name: string, html: string): Promise<string[]> {
  const { results } = await checker.validateString(html, name);
  return results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, selector }) =>
        `${name}:${line} ${ruleId}: ${message} (${selector ?? ''})`,
    ),
  );
}

const page = (body: string) =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><h1>A page</h1>${body}</body></html>`;

const faults: [name: string, body: string, rule: string][] = [
  ['a block in a paragraph', '<p>One<div>two</div></p>', 'element-permitted-content|close-order'],
  ['an element that ends twice', '<p>One</p></b>', 'close-order'],
  ['two places of one name', '<p id="a">One</p><p id="a">two</p>', 'no-dup-id'],
  ['an element of the past', '<p><font>One</font></p>', 'deprecated'],
  ['an unknown element', '<p><wibble>One</wibble></p>', 'element-name'],
  ['a list that holds a paragraph', '<ul><p>One</p></ul>', 'element-permitted-content'],
  ['a link in a link', '<a href="#">One <a href="#">two</a></a>', 'element-permitted-content'],
  ['a value that is none', '<p dir="up">One</p>', 'attribute-allowed-values'],
];

test.each(faults)('the checker finds %s', async (_name, body, rule) => {
  expect((await check('a.html', page(body))).join('\n')).toMatch(
    new RegExp(`^a\\.html:2 (${rule}):`, 'm'),
  );
});

describe('the checker finds nothing', () => {
  test('on a sound page', async () => {
    expect(await check('a.html', page('<p>One</p>'))).toEqual([]);
  });

  test.each([
    ['default', inject('defaultSite')],
    ['second', inject('gardenSite')],
  ])('on any page of the %s campaign', async (_name, folder) => {
    const found = await Promise.all(
      readSite(folder).map(({ path }) => check(path, readFileSync(join(folder, path), 'utf8'))),
    );
    expect(found.length).toBeGreaterThan(20);
    expect(found.flat()).toEqual([]);
  });
});
