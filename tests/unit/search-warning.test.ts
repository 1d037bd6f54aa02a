import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { findSearchWarning } from '../../src/integrations/post-build/steps/index-search.ts';

const facts = (...states: string[]): string =>
  `<div data-facts><p>${states.map((state) => `<span data-state="${state}">! ${state}</span>`).join(' ')} · 2025</p></div>`;

test.each([
  ['a page in good state has none', facts('live'), ''],
  ['a page without facts has none', '<p>Water at noon.</p>', ''],
  ['a dangerous page says so', facts('dangerous'), '! dangerous'],
  [
    'a page that is up to date and banned says the second',
    facts('live', 'unverified'),
    '! unverified',
  ],
  [
    'the state of a card further down is not that of the page',
    `${facts('live')}<article><p><span data-state="archived">▪ archived</span></p></article>`,
    '',
  ],
  [
    'a warning gives its first sentence',
    `${facts('live')}<div data-notice="warning"><p>Not at <b>noon</b>. Wait.</p></div>`,
    'Not at noon.',
  ],
  [
    'a remark that warns of nothing gives none',
    '<div data-notice="note"><p>Mint grows.</p></div>',
    '',
  ],
  [
    'badge and warning come in this order',
    `<div data-notice="warning"><p>Not now.</p></div>${facts('archived')}`,
    '! archived · Not now.',
  ],
  [
    'a sentence without end is cut between words',
    `<div data-notice="warning"><p>${'never '.repeat(60)}</p></div>`,
    `${'never '.repeat(26).trim()} …`,
  ],
])('%s', (_name, html, expected) => {
  const fragment = parseFragment(`<main>${html}</main>`);
  const [main] = fragment.childNodes;
  if (!main || !('tagName' in main)) throw new Error('no main');
  expect(findSearchWarning(main, 'en')).toBe(expected);
});
