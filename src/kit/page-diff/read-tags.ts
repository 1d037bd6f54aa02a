import { decodeReferences } from './character-references.ts';
import { ForeignContent } from './foreign-content.ts';
import { PageError, pageLimits } from './page-error.ts';
import { findRawEnd, rawKindOf } from './raw-text.ts';

/** A piece of a page. Names are in small letters; of two attributes of one name the first counts, as in a browser. */
export type Tag =
  | {
      readonly type: 'start';
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      readonly selfClosing: boolean;
    }
  | { readonly type: 'end'; readonly name: string }
  /** Of a script or a style, too. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'doctype'; readonly text: string }
  /** A reference such as `&fjlig;` that is not read here, and that a browser may read; or NUL. */
  | { readonly type: 'unknown'; readonly text: string };

/**
 * Cuts a page that anyone may have written into tags and text, in linear time, as the HTML standard does (13.2.5, tokenization):
 * tags without quotes or ends, comments in all their forms, raw text, drawings, where other rules hold. Comments are left out.
 *
 * It builds no tree, and so does not know what a browser moves (text in a table outside of its cells stands before it), drops
 * (tags inside of <select>) or repeats (<b> across paragraphs). It takes scripts to be off and reads the named references of one
 * short table. Nothing can hide behind these: such elements and references are none of ours, and who compares two pages is told of them.
 *
 * Throws PageError if there are more tags and attributes than `pageLimits` allow.
 */
export function* readTags(html: string): Generator<Tag, void, undefined> {
  const page = html.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const foreign = new ForeignContent();
  const unknown: string[] = [];
  let marks = 0;
  const count = (): void => {
    marks += 1;
    if (marks > pageLimits.maxMarks)
      throw new PageError('too many tags and attributes', `at most ${pageLimits.maxMarks}`);
  };
  const onUnknown = (name: string): void => {
    count();
    unknown.push(name);
  };
  function* readText(
    from: number,
    to: number,
    kind: 'usual' | 'raw' | 'referring',
  ): Generator<Tag, void, undefined> {
    if (from >= to) return;
    const written = page.slice(from, to);
    // NUL after the references: it ends one, and what it parts must not become another.
    const text = (
      kind === 'raw' ? written : decodeReferences(written, false, onUnknown)
    ).replaceAll('\0', kind === 'usual' && !foreign.inside ? '' : '\uFFFD');
    yield { type: 'text', text };
    if (written.includes('\0')) unknown.push('\0'); // browsers drop it, and may take it for the end of the head
    for (const text of unknown.splice(0)) yield { type: 'unknown', text };
  }

  const opening = /<(?:[a-zA-Z!?]|\/[^])/g;
  for (let start = 0; start < page.length;) {
    opening.lastIndex = start;
    const at = opening.exec(page)?.index ?? page.length;
    yield* readText(start, at, 'usual');
    if (at === page.length) return;
    count();
    if (foreign.inside && page.startsWith('<![CDATA[', at)) {
      const end = page.indexOf(']]>', at);
      yield* readText(at + '<![CDATA['.length, end < 0 ? page.length : end, 'raw');
      start = end < 0 ? page.length : end + ']]>'.length;
      continue;
    }
    const isEnd = page.charAt(at + 1) === '/';
    if (!/[a-zA-Z]/.test(page.charAt(isEnd ? at + 2 : at + 1))) {
      start = findCommentEnd(page, at);
      if (/^<!doctype$/i.test(page.slice(at, at + 9)))
        yield { type: 'doctype', text: page.slice(at, Math.min(start, at + 200)) };
      continue;
    }
    const tag = readTag(page, isEnd ? at + 2 : at + 1, count, onUnknown);
    if (tag === undefined) return; // browsers drop a tag that does not end, with all that follows
    start = tag.end;
    for (const text of unknown.splice(0)) yield { type: 'unknown', text };
    if (isEnd) {
      foreign.end(tag.name);
      yield { type: 'end', name: tag.name };
      continue;
    }
    const inDrawing = foreign.start(tag.name, tag.selfClosing);
    yield {
      type: 'start',
      name: tag.name,
      attributes: tag.attributes,
      selfClosing: tag.selfClosing && inDrawing,
    };
    const kind = inDrawing ? undefined : rawKindOf(tag.name);
    if (kind === undefined) continue;
    const end = findRawEnd(page, start, tag.name);
    yield* readText(start, end, kind);
    start = end;
  }
}

interface ReadTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly selfClosing: boolean;
  readonly end: number;
}

const [nameOfTag, beforeAttribute, nameOfAttribute, equals, unquoted] = [
  /[^\t\n\f />]+/y,
  /[\t\n\f /]*/y,
  /[^\t\n\f />][^\t\n\f />=]*/y,
  /[\t\n\f ]*=[\t\n\f ]*/y,
  /[^\t\n\f >]*/y,
];

/** The tag whose name begins at a place (13.2.5.8, and 32 to 40); undefined if the page ends within it. */
function readTag(
  page: string,
  start: number,
  count: () => void,
  onUnknown: (name: string) => void,
): ReadTag | undefined {
  let at = start;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(page)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const name = toName(take(nameOfTag));
  const attributes = new Map<string, string>();
  for (;;) {
    const selfClosing = take(beforeAttribute).endsWith('/');
    if (at >= page.length) return undefined;
    if (page.charAt(at) === '>') return { name, attributes, selfClosing, end: at + 1 };
    count();
    const key = toName(take(nameOfAttribute));
    let value = '';
    if (take(equals) !== '') {
      const quote = page.charAt(at);
      if (quote === '"' || quote === "'") {
        const end = page.indexOf(quote, at + 1);
        if (end < 0) return undefined;
        value = page.slice(at + 1, end);
        at = end + 1;
      } else value = take(unquoted);
    }
    if (!attributes.has(key))
      attributes.set(key, decodeReferences(value.replaceAll('\0', '\uFFFD'), true, onUnknown));
  }
}

/** Only ASCII letters have small ones here, as for browsers. */
const toName = (name: string): string =>
  name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()).replaceAll('\0', '\uFFFD');

/** The place after a comment, a declaration, or what is taken for one (13.2.5.41 to 56). */
function findCommentEnd(page: string, at: number): number {
  const end = page.startsWith('<!--', at) ? /--!?>/g : />/g;
  const short = page.startsWith('<!-->', at) ? 5 : page.startsWith('<!--->', at) ? 6 : 0;
  if (short > 0) return at + short;
  end.lastIndex = at + (page.startsWith('<!--', at) ? 4 : 2);
  return end.exec(page) ? end.lastIndex : page.length;
}
