import { campaignFolder } from '../../../campaign/read/campaign-folder.ts';
import { isRegisteredHost, isRegisteredLine } from '../../../campaign/schema/register.ts';
import { escapeInvisible, findUnsafeText } from '../../../kit/core/text/unsafe-text.ts';
import { readWordLists } from '../../../campaign/read/word-lists.ts';
import { attributeOf } from '../built-page.ts';
import { findOrigin, type Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts } from '../page-text.ts';

/** A word with two full stops, where a sentence ends with what is put in; "…" is another mark. */
const doubleStop = /[\p{L}\p{N}]+\.\.(?=[\s\p{Pf}\p{Pe}]|$)/u;

/**
 * Checks all words of all pages for contacts, accounts, look-alikes and hidden characters, except
 * in records, and for full stops that come together.
 */
export function checkText(dist: Dist): void {
  const [seen, checked] = [new Set<string>(), new Set<string>()];
  const names = readNames();
  for (const page of dist.pages) {
    const body = page.elements.find(({ tagName }) => tagName === 'body');
    if (!body) continue;
    const texts = collectTexts(body, (element) => hasMark(element, 'data-record'));
    const attributes = page.elements
      .flatMap((element) =>
        ['alt', 'title', 'content', 'aria-label'].map((name) => attributeOf(element, name) ?? ''),
      )
      .filter((text) => text !== '' && !checked.has(text)) // most are on every page
      .filter((text) => !isRegisteredLine(dist.register, text)); // paper shows it: InitiativeCard
    const strings = page.elements.flatMap((element) =>
      collectStrings(JSON.parse(markOf(element, 'data-strings') ?? 'null')),
    );
    for (const text of [...texts, ...attributes, ...strings]) {
      if (checked.has(text)) continue;
      checked.add(text);
      const [doubled] = doubleStop.exec(text) ?? [];
      if (doubled !== undefined && !seen.has(doubled)) {
        seen.add(doubled);
        dist.faults.push({
          ...findOrigin(page, doubled),
          found: `two full stops: ${doubled.trim()}`,
          expected: 'one: a date may end with a full stop of its own, as "2026 г." does',
          fix: 'end the sentence with another word, or put the date in parentheses',
        });
      }
      for (const { what, match, why } of findUnsafeText(text)) {
        if (
          what === 'a host name' &&
          (isRegisteredHost(dist.register, match) || names.has(match.toLowerCase()))
        )
          continue;
        if (seen.has(match)) continue; // the same text is in lists, too: one fault says it
        seen.add(match);
        dist.faults.push({
          ...findOrigin(page, match),
          found: `${what}: ${escapeInvisible(match)}`,
          expected: `none in a text: ${why}`,
          fix:
            what === 'a host name'
              ? 'take it out, or register the address in sites/. If it is no address but the name of somebody, such as a newspaper, add it to words/<language>.txt'
              : 'take it out, or describe it in words',
        });
      }
    }
  }
}

/** Names that look like those of hosts: each was seen once by whoever reviewed the word list. */
const readNames = (): ReadonlySet<string> =>
  new Set(
    [...readWordLists(campaignFolder()).lists.values()].flatMap((words) =>
      [...words].map((word) => word.toLowerCase()),
    ),
  );

/** All strings of the search box, as they will be shown: line ends become spaces. */
function collectStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value.replace(/\s+/g, ' ')];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(collectStrings)
    : [];
}
