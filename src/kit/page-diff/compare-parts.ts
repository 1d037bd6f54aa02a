import { listGaps, matchSequences } from './diff-sequences.ts';
import type { PageChange } from './page-change.ts';
import type { PageContent } from './page-content.ts';

/** Compares what two pages are made of beside words and links. */
export function compareParts(known: PageContent, seen: PageContent): PageChange[] {
  return [
    ...compareActive(known, seen),
    ...comparePolicies(known.policies, seen.policies),
    ...compareLooks(known, seen),
    ...compareImages(known, seen),
  ];
}

function compareActive(known: PageContent, seen: PageContent): PageChange[] {
  const print = ({ active }: PageContent) => active.map(({ what, text }) => `${what}\n${text}`);
  const part = (printed: string): [what: string, text: string] => [
    printed.slice(0, printed.indexOf('\n')),
    printed.slice(printed.indexOf('\n') + 1),
  ];
  return exchange(print(known), print(seen)).map(([before, after]) => {
    const [what] = part(after ?? before ?? '');
    const how =
      before === undefined ? 'was added' : after === undefined ? 'is missing' : 'is another one';
    return {
      kind: 'script',
      what: `${what} ${how}`,
      before: before === undefined ? before : part(before)[1],
      after: after === undefined ? after : part(after)[1],
    };
  });
}

/**
 * The policy is what keeps a browser from running and loading. Its part for styles names the style sheet by its hash, and is no
 * more than a difference of the look.
 */
function comparePolicies(known: readonly string[], seen: readonly string[]): PageChange[] {
  const withoutStyles = (policy: string) =>
    policy
      .split(';')
      .filter((rule) => !/^\s*style-src\s/i.test(rule))
      .join(';');
  return exchange(known, seen).map(([before, after]) => {
    if (before === undefined)
      return { kind: 'structure', what: 'a policy was added', before, after }; // it can only forbid more
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

function compareLooks(known: PageContent, seen: PageContent): PageChange[] {
  const tell = (
    list: 'styles' | 'declarations' | 'foreign' | 'drawings',
    what: string,
    hide = false,
  ): PageChange[] =>
    exchange(known[list], seen[list]).map(([before, after]) => {
      const how =
        before === undefined ? 'was added' : after === undefined ? 'is missing' : 'is another one';
      return {
        kind: 'structure',
        what: `${what} ${how}`,
        before: hide ? undefined : before,
        after: hide ? undefined : after,
      };
    });
  return [
    ...tell('styles', 'a style sheet, which can hide words,'),
    ...tell('foreign', 'something that no page of ours has'),
    ...tell('declarations', 'what the page says of itself to browsers'),
    ...tell('drawings', 'a drawing', true),
  ];
}

/** By the names of their files where they stand beside the page: a browser that saves it puts them into a folder of its own. */
function compareImages(known: PageContent, seen: PageContent): PageChange[] {
  // Attack: an image on another host tells it who reads. The address must not go as that of a saved file.
  const isBeside = (src: string) =>
    !/^[\0-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\][\t\n\r]*[/\\])/i.test(src.replace(/[\t\n\r]/g, ''));
  const print = ({ images }: PageContent) =>
    images.map(({ src }) =>
      isBeside(src) ? src.replace(/[?#].*/s, '').replace(/^.*[/\\]/s, '') : src,
    );
  return exchange(print(known), print(seen)).map(([before, after]) => ({
    kind: 'structure',
    what:
      before === undefined
        ? 'an image was added'
        : after === undefined
          ? 'an image is missing'
          : 'an image is another one',
    before,
    after,
  }));
}

/** What stands in one list in place of something in the other. */
function exchange(
  known: readonly string[],
  seen: readonly string[],
): [before: string | undefined, after: string | undefined][] {
  return listGaps(matchSequences(known, seen), known.length, seen.length).flatMap(
    ({ aStart, aEnd, bStart, bEnd }) =>
      Array.from(
        { length: Math.max(aEnd - aStart, bEnd - bStart) },
        (_, at): [string | undefined, string | undefined] => [
          at < aEnd - aStart ? known[aStart + at] : undefined,
          at < bEnd - bStart ? seen[bStart + at] : undefined,
        ],
      ),
  );
}
