import { listGaps, matchSequences } from './align.ts';
import { compareBlocks } from './compare-blocks.ts';
import { compareLinks } from './compare-links.ts';
import { isBlock } from './elements.ts';
import { changeKinds, type PageChange } from './page-change.ts';
import { joinSpaces, printTag, type PageContent } from './page-content.ts';
import { charsetOf } from './page-file.ts';
import { walkPage, type PageElement } from './parse-page.ts';

/** More than anyone reads; the least of them are left out. */
const maxChanges = 500;

/**
 * Says what differs between a page and a known one, in bounded time and memory whatever the page
 * holds; what matters most comes first. Nothing for pages that are the same in words, links and
 * structure, however a browser wrote them down when it saved them: only a change of the kind `host`
 * says then where it found them.
 * @param path of the known page, from the root of its site; the other one is taken to be there, too
 */
export function comparePages(known: PageContent, seen: PageContent, path: string): PageChange[] {
  const changes = [
    ...compareActive(known, seen),
    ...comparePolicies(known.policies, seen.policies),
    ...compareLooks(known, seen),
    ...compareImages(known, seen),
    ...compareLinks(known.links, seen.links, path),
    ...compareBlocks(known.blocks, seen.blocks),
  ];
  if (known.root && seen.root && changes.every(({ kind }) => kind === 'host')) {
    const change = compareStructures(known.root, seen.root);
    if (change) changes.push(change);
  }
  const rank = new Map(changeKinds.map((kind, at) => [kind, at]));
  const sorted = changes.toSorted((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0));
  if (sorted.length <= maxChanges) return sorted;
  const rest: PageChange = {
    kind: 'text',
    what: `${sorted.length - maxChanges} more differences`,
    before: undefined,
    after: undefined,
  };
  return [...sorted.slice(0, maxChanges), rest];
}

function compareActive(known: PageContent, seen: PageContent): PageChange[] {
  const print = ({ active }: PageContent) => active.map(({ what, text }) => `${what}\n${text}`);
  const part = (printed: string): [what: string, text: string] => [
    printed.slice(0, printed.indexOf('\n')),
    printed.slice(printed.indexOf('\n') + 1),
  ];
  return listExchanges(print(known), print(seen)).map(([before, after]) => {
    const [what] = part(after ?? before ?? '');
    return {
      kind: 'script',
      what: `${what} ${describeExchange(before, after)}`,
      before: before === undefined ? before : part(before)[1],
      after: after === undefined ? after : part(after)[1],
    };
  });
}

/**
 * The policy is what keeps a browser from running and loading. Its part for styles names the style
 * sheet by its hash, and is no more than a difference of the look.
 */
function comparePolicies(known: readonly string[], seen: readonly string[]): PageChange[] {
  const withoutStyles = (policy: string) =>
    policy
      .split(';')
      .filter((rule) => !/^\s*style-src\s/i.test(rule))
      .join(';');
  return listExchanges(known, seen).map(([before, after]) => {
    if (before === undefined)
      // it can only forbid more
      return { kind: 'structure', what: 'a policy was added', before, after };
    if (after === undefined)
      return {
        kind: 'script',
        what: 'the policy of the page is missing, which lets scripts run',
        before,
        after,
      };
    const isLook = withoutStyles(before) === withoutStyles(after);
    return {
      kind: isLook ? 'structure' : 'script',
      what: isLook ? 'the policy names other styles' : 'the policy of the page allows other things',
      before,
      after,
    };
  });
}

const looks = {
  styles: 'a style sheet, which can hide words,',
  foreign: 'something that no page of ours has',
  declarations: 'what the page says of itself to browsers',
  drawings: 'a drawing',
} as const;

function compareLooks(known: PageContent, seen: PageContent): PageChange[] {
  return (Object.keys(looks) as (keyof typeof looks)[]).flatMap((part) =>
    listExchanges(known[part], seen[part]).map(([before, after]): PageChange => {
      const what = `${looks[part]} ${describeExchange(before, after)}`;
      // The tags of a drawing say nothing to anybody.
      const [was, is] = part === 'drawings' ? [undefined, undefined] : [before, after];
      return { kind: 'structure', what, before: was, after: is };
    }),
  );
}

/**
 * By the names of their files where they are next to the page: a browser that saves it puts them
 * into a folder of its own.
 */
function compareImages(known: PageContent, seen: PageContent): PageChange[] {
  // Attack: an image on another host sees who reads. The address must not pass as a saved file's.
  const isBeside = (src: string) =>
    !/^[\0-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\][\t\n\r]*[/\\])/i.test(src.replace(/[\t\n\r]/g, ''));
  const print = ({ images }: PageContent) =>
    images.map(({ src }) =>
      isBeside(src) ? src.replace(/[?#].*/s, '').replace(/^.*[/\\]/s, '') : src,
    );
  return listExchanges(print(known), print(seen)).map(([before, after]) => ({
    kind: 'structure',
    what: `an image ${describeExchange(before, after)}`,
    before,
    after,
  }));
}

type Exchange = readonly [before: string | undefined, after: string | undefined];

/** What one list has in the place of something in the other. */
function listExchanges(known: readonly string[], seen: readonly string[]): Exchange[] {
  return listGaps(matchSequences(known, seen), known.length, seen.length).flatMap(
    ({ aStart, aEnd, bStart, bEnd }) =>
      Array.from({ length: Math.max(aEnd - aStart, bEnd - bStart) }, (_, at): Exchange => [
        at < aEnd - aStart ? known[aStart + at] : undefined,
        at < bEnd - bStart ? seen[bStart + at] : undefined,
      ]),
  );
}

const describeExchange = (before: string | undefined, after: string | undefined): string =>
  before === undefined ? 'was added' : after === undefined ? 'is missing' : 'is another one';

/**
 * Compares two pages element by element, so that no difference goes unseen for which the other
 * comparisons have no words: a link that has moved to other words, an image in another paragraph,
 * an attribute, a line of code that is broken in another way.
 * @returns the first difference, if there is one
 */
export function compareStructures(known: PageElement, seen: PageElement): PageChange | undefined {
  const [before, after] = [listPieces(known), listPieces(seen)];
  const at = before.findIndex((piece, index) => piece !== after[index]);
  if (at < 0 && before.length === after.length) return undefined;
  const place = at < 0 ? before.length : at;
  return {
    kind: 'structure',
    what: 'the page is built differently',
    before: before[place],
    after: after[place],
  };
}

/**
 * A page as a list of tags and lines of words, in the order of its tree. Browsers that save a page
 * change these, so they are left out or written in one way: comments, how tags are written, spaces
 * (but not in code), how the encoding is said. Where links and images lead is compared by itself,
 * since a saved page has other addresses; that they are there, and where, is part of the list.
 */
function listPieces(root: PageElement): string[] {
  const pieces: string[] = [];
  let line: string[] = [];
  let codeDepth = 0;
  const endLine = (): void => {
    const words = joinSpaces(line.join(''));
    if (words !== '') pieces.push(words);
    line = [];
  };
  const add = (tag: string, name: string): void => {
    if (!isBlock(name)) {
      line.push(tag);
      return;
    }
    endLine();
    pieces.push(tag);
  };
  walkPage(root, {
    start({ name, attributes }) {
      if (name === 'meta' && charsetOf(attributes) !== undefined) return;
      const others = [...attributes].filter(([key]) => !isAddress(name, key));
      add(printTag(name, others), name);
      if (name === 'pre') codeDepth += 1;
    },
    end({ name }) {
      if (name === 'pre') codeDepth -= 1;
      if (name !== 'meta') add('</>', name);
    },
    text: (text) => line.push(codeDepth > 0 ? showSpaces(text) : text),
  });
  endLine();
  return pieces;
}

/** Whether an attribute is one of those that are compared by themselves. */
const isAddress = (name: string, key: string): boolean =>
  (key === 'href' && (name === 'a' || name === 'link')) || (key === 'src' && name === 'img');

const shown: Readonly<Record<string, string>> = { ' ': '␠', '\t': '⇥', '\n': '⏎' };
const showSpaces = (text: string): string =>
  text.replace(/[ \t\n]/g, (space) => shown[space] ?? space);
