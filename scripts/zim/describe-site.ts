import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attributeOf,
  parsePage,
  type BuiltPage,
} from '../../src/integrations/post-build/built-page.ts';
import { toThreeLetters } from './language-codes.ts';
import { ZimError } from './zim-error.ts';

/** What a ZIM file says of itself, taken from the pages of a site. */
export interface SiteDescription {
  /** The page that it opens with. */
  readonly welcome: string;
  /** ISO 639-3, the one of the welcome page first. */
  readonly languages: readonly string[];
  readonly title: string;
  readonly description: string;
  /** The campaign's name, in the language of the root page. */
  readonly campaign: string;
  /** The icon of the pages, an SVG. */
  readonly icon: string;
  /** The newest day of its feeds, YYYY-MM-DD. */
  readonly updated: string;
}

/** Characters that the ZIM format leaves for a title and for a description. */
const most = { title: 30, description: 80 };

/**
 * Reads from a built site what its ZIM file has to say.
 * @param tag the language that it opens in; undefined for the page of all languages
 * @throws ZimError where the site lacks that
 */
export function describeSite(folder: string, tag: string | undefined): SiteDescription {
  const root = readPage(folder, 'index.html');
  const tags = readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'index.html')));
  if (tag !== undefined && !tags.includes(tag))
    throw new ZimError(
      `--lang ${tag}: the site has no such language, expected one of ${tags.join(', ')}.`,
    );
  const pages = new Map(tags.map((each) => [each, readPage(folder, `${each}/index.html`)]));
  const welcome = pages.get(tag ?? '') ?? root;
  const languages = [welcome, ...pages.values()].map(({ language }) => toThreeLetters(language));
  return {
    welcome: welcome.path,
    languages: [...new Set(languages)],
    title: shorten(titleOf(welcome), most.title),
    description: shorten(find(welcome, 'meta', 'name', 'description', 'content'), most.description),
    campaign: titleOf(root),
    icon: readIcon(root),
    updated: readUpdated(folder, root),
  };
}

function readPage(folder: string, path: string): BuiltPage {
  if (existsSync(join(folder, path)))
    return parsePage(path, readFileSync(join(folder, path), 'utf8'));
  throw new ZimError(
    `${folder} has no ${path}, expected a built site. Build it first: npm run build`,
  );
}

const titleOf = ({ elements }: BuiltPage): string =>
  elements
    .find(({ tagName }) => tagName === 'title')
    ?.childNodes.map((node) => ('value' in node ? node.value : ''))
    .join('') ?? '';

/** An attribute of the first element of a kind that has another one with this value. */
function find(
  { path, elements }: BuiltPage,
  tagName: string,
  name: string,
  value: string,
  wanted: string,
): string {
  const element = elements.find(
    (each) => each.tagName === tagName && attributeOf(each, name) === value,
  );
  const found = element && attributeOf(element, wanted);
  if (found !== undefined) return found;
  throw new ZimError(
    `${path} has no <${tagName} ${name}="${value}">, expected one with "${wanted}": this site was built by another program.`,
  );
}

function readIcon(page: BuiltPage): string {
  const address = find(page, 'link', 'rel', 'icon', 'href');
  const [, data] = /^data:image\/svg\+xml,(.*)$/s.exec(address) ?? [];
  if (data !== undefined) return decodeURIComponent(data);
  throw new ZimError(
    `${page.path} has the icon ${address.slice(0, 60)}, expected an SVG within the page: this site was built by another program.`,
  );
}

function readUpdated(folder: string, root: BuiltPage): string {
  const feed = find(root, 'link', 'type', 'application/atom+xml', 'href');
  const [, day] = /<updated>(\d{4}-\d\d-\d\d)/.exec(readFileSync(join(folder, feed), 'utf8')) ?? [];
  if (day !== undefined) return day;
  throw new ZimError(
    `${feed} has no <updated> with a day: this site was built by another program.`,
  );
}

/** Cut at a space, with an ellipsis, where it is too long. */
function shorten(text: string, characters: number): string {
  const letters = [...text];
  if (letters.length <= characters) return text;
  const start = letters.slice(0, characters - 1).join('');
  const whole = start.replace(/[\s,.;:–—-]+\S*$/u, '');
  return `${whole === '' ? start : whole}…`;
}
