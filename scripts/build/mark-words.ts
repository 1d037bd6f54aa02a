import {
  ContactSearch,
  findUnsafeText,
  type Contact,
} from '../../src/kit/core/text/unsafe-text.ts';
import type { Block, Link } from '../../src/kit/core/page-diff/page-content.ts';
import { showText } from '../../src/kit/core/text/plain-characters.ts';

/** What a signer has to look at in the words of a page. */
export const markKinds = [
  'accounts and keys',
  'contacts',
  'commands',
  'hosts and addresses',
  'links that lead away',
  'letters that mislead',
  'numbers',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** A part of a text that is marked. */
export interface Mark {
  readonly kind: MarkKind;
  readonly start: number;
  readonly end: number;
  /** Where a link leads, as written. */
  readonly href?: string;
}

const kindOf: Readonly<Record<Contact['kind'], MarkKind>> = {
  account: 'accounts and keys',
  contact: 'contacts',
  link: 'hosts and addresses',
};

/** A number with its groups, decimals and what it counts; days and times count as one. */
const number =
  /(?<![\p{L}\p{N}])\p{N}+(?:[.,’'\u00a0\u202f ]\p{N}{3}(?!\p{N})|[.,:/-]\p{N}+)*(?:\s?[%€$£₽])?/gu;

/** Programs that texts of ours name, and that an adversary would: with what they are given. */
const command =
  /(?<![\p{L}\p{N}.-])(?:sudo|su|rm|dd|chmod|curl|wget|iwr|irm|npm|npx|node|git|ssh|scp|bash|zsh|sh|python3?|pip3?|apt(?:-get)?|brew|minisign|ipfs|powershell|cmd|Invoke-\w+|Set-\w+|Start-\w+)(?:\.exe)?[ \u00a0]+[-~./$"'\w][^.;:\n]{0,200}/gu;

const leadsAway = ({ href }: Link): boolean =>
  /^[\t\n\f\r ]*(?:(?!data:)[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(href);

/** Marks the blocks of one page: links are looked for from where the one before was. */
export class PageMarker {
  readonly #links: readonly Link[];
  #next = 0;

  constructor(links: readonly Link[]) {
    this.#links = links;
  }

  /** The marks of a block, in their order; where two overlap, the graver one. */
  mark(block: Block): Mark[] {
    const { text } = block;
    const found: Mark[] = [];
    const add = (mark: Mark): void => {
      if (mark.start < mark.end && !found.some((other) => overlaps(other, mark))) found.push(mark);
    };
    for (const { kind, what, start, end } of findContacts(text))
      add({ kind: what === 'command' ? 'commands' : kindOf[kind], start, end });
    if (block.kind === 'code') add({ kind: 'commands', start: 0, end: text.length });
    for (const mark of this.#findLinks(text)) add(mark);
    for (const [start, end] of findCode(block)) add({ kind: 'commands', start, end });
    for (const { 0: match, index } of text.matchAll(command))
      add({ kind: 'commands', start: index, end: index + match.trimEnd().length });
    for (const mark of findMisleading(text)) add(mark);
    for (const { 0: match, index } of text.matchAll(number))
      add({ kind: 'numbers', start: index, end: index + match.length });
    return found.sort((a, b) => a.start - b.start);
  }

  /** Some links have their words in no block, such as one around several: they are passed over. */
  *#findLinks(text: string): Generator<Mark> {
    for (let from = 0; ;) {
      const ahead = this.#links.slice(this.#next, this.#next + maxAhead);
      const at = ahead.findIndex((link) => link.text !== '' && text.includes(link.text, from));
      const link = ahead[at];
      if (!link) return;
      const start = text.indexOf(link.text, from);
      from = start + link.text.length;
      this.#next += at + 1;
      if (leadsAway(link))
        yield { kind: 'links that lead away', start, end: from, href: link.href };
    }
  }
}

/** Links that are tried where the next one is not found. */
const maxAhead = 20;

/** Characters in which one search finds all: its budget is for a comparison of pages. */
const lengthOfASearch = 50_000;

function findContacts(text: string): Contact[] {
  const found: Contact[] = [];
  for (let at = 0; at < text.length; at += lengthOfASearch)
    for (const { start, end, ...contact } of new ContactSearch().find(
      text.slice(at, at + lengthOfASearch),
    ))
      found.push({ ...contact, start: at + start, end: at + end });
  return found;
}

/** All links of a page that lead away, with their words. */
export const listLinksAway = (links: readonly Link[]): string[] =>
  links.filter(leadsAway).map(({ text, href }) => `${show(text)} → ${show(href)}`);

const overlaps = (a: Mark, b: Mark): boolean => a.start < b.end && b.start < a.end;

/** Where in the words of a block its elements for code are. */
function findCode({ text, form }: Block): [start: number, end: number][] {
  const places: [number, number][] = [];
  let from = 0;
  for (const [, inside = ''] of form.matchAll(/<(?:code|kbd|samp)\b[^>]*>([^<]*)<\/>/g)) {
    const start = text.indexOf(inside, from);
    if (start < 0) continue;
    from = start + inside.length;
    places.push([start, from]);
  }
  return places;
}

/** Characters of a piece that is searched at once. */
const pieceLength = 2000;

/** Attack: a name of the same look in letters of another script, or signs that nobody sees. */
function* findMisleading(text: string): Generator<Mark> {
  for (let at = 0; at < text.length; at += pieceLength) {
    const piece = text.slice(at, at + pieceLength);
    let from = 0;
    for (const { what, match } of findUnsafeText(piece)) {
      if (!/two scripts|another style/.test(what)) continue;
      const start = piece.indexOf(match, from);
      if (start < 0) continue;
      from = start + match.length;
      yield { kind: 'letters that mislead', start: at + start, end: at + from };
    }
  }
}

/**
 * A stranger's words, fit for a terminal. Attack: marks of the adversary's own, after which ours
 * mean nothing.
 */
export const show = (text: string): string =>
  showText(text).replace(/[‹›]/g, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);

/** A text with its marks: ‹so›, and where a marked link leads. */
export function printMarks(text: string, marks: readonly Mark[]): string {
  let printed = '';
  let at = 0;
  for (const { start, end, href } of marks) {
    printed += `${show(text.slice(at, start))}‹${show(text.slice(start, end))}${href === undefined ? '' : ` → ${show(href)}`}›`;
    at = end;
  }
  return printed + show(text.slice(at));
}
