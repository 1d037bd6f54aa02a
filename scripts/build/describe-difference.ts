import { listGaps, matchSequences } from '../../src/kit/core/page-diff/align.ts';
import { compareManifests } from '../../src/kit/core/manifest/manifest.ts';
import { showText } from '../../src/kit/core/text/plain-characters.ts';
import { describePages, type ReadableEdition } from './describe-pages.ts';

const isPage = (path: string): boolean => path.endsWith('.html');
const isText = (path: string): boolean => path.endsWith('.txt');
/** What a browser runs: the program of the search page. */
const isScript = (path: string): boolean => /\.m?js$|\.wasm$|\bwasm\.[^/]*\.pagefind$/.test(path);
const isOther = (path: string): boolean => !isPage(path) && !isText(path) && !isScript(path);

/**
 * What is new in an edition, in words: on top every change of an account, contact, script, link,
 * figure or warning, and of EDITION.txt and the settings for hosts, wherever it is; then pages that
 * came and went, and texts that changed.
 */
export async function describeDifference(
  before: ReadableEdition,
  after: ReadableEdition,
): Promise<string[]> {
  const { added, removed, changed } = compareManifests(before.list, after.list);
  const pages = await describePages(before, after, {
    changed: changed.filter(isPage),
    added: added.filter(isPage),
  });
  const scripts = [
    ...changed.filter(isScript).map((path) => `  ${path}: another program`),
    ...added.filter(isScript).map((path) => `  ${path}: a new program`),
  ];
  const texts = await Promise.all(
    [...changed, ...added]
      .filter(isText)
      .map(async (path) => [
        `  ${path}:`,
        ...diffLines(
          changed.includes(path) ? await before.read(path) : new Uint8Array(),
          await after.read(path),
        ),
      ]),
  );
  const list = (paths: readonly string[]): string[] => paths.map((path) => `  ${path}`);
  return [
    ...printSection(onTop, [...pages.grave, ...scripts, ...texts.flat()]),
    ...printSection('pages added', list(added.filter(isPage))),
    ...printSection('pages removed', list(removed.filter(isPage))),
    ...printSection('texts changed', pages.other),
    ...printSection('other files added', list(added.filter(isOther))),
    ...printSection('other files removed', list(removed.filter((path) => !isPage(path)))),
    ...printSection('other files changed', list(changed.filter(isOther))),
  ];
}

/** What can cost a reader most in a first edition, of which all is new. */
export async function describeFirst(edition: ReadableEdition): Promise<string[]> {
  const paths = edition.list.map(({ path }) => path);
  const pages = await describePages(edition, edition, { changed: [], added: paths.filter(isPage) });
  const scripts = paths.filter(isScript).map((path) => `  ${path}: a program`);
  return printSection(onTop, [...pages.grave, ...scripts]);
}

const onTop = 'LOOK CLOSELY: accounts, contacts, scripts, links, figures, warnings';

const printSection = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [title, ...items, ''];

/**
 * The lines that went and came, whole and in order: keys, dates and settings of hosts are a line
 * each. Attack: one of two equal lines taken out, two exchanged, or a change far behind in a long
 * one, which nobody is shown.
 */
function diffLines(before: Uint8Array, after: Uint8Array): string[] {
  const [old, fresh] = [before, after].map((bytes) =>
    Buffer.from(bytes).toString().split('\n'),
  ) as [string[], string[]];
  const show = (mark: string, lines: readonly string[]): string[] =>
    lines.map((line) => `    ${mark} ${showText(line)}`);
  return listGaps(matchSequences(old, fresh), old.length, fresh.length).flatMap(
    ({ aStart, aEnd, bStart, bEnd }) => [
      ...show('-', old.slice(aStart, aEnd)),
      ...show('+', fresh.slice(bStart, bEnd)),
    ],
  );
}
