import {
  isAllowedAttribute,
  isBlock,
  isHidden,
  isTelling,
  spokenAttributes,
  toKind,
  type BlockKind,
} from './elements.ts';
import {
  joinSpaces,
  printTag,
  PageParts,
  type Block,
  type PageContent,
  type Place,
} from './page-content.ts';
import { parsePage, walkPage, type PageElement, type ParsedPage } from './parse-page.ts';

/**
 * Reads what a page says and does, whoever wrote it: nothing in it is run, loaded or followed.
 * In linear time. Line ends and indentation do not count.
 * @throws {PageError} if a page has more tags, attributes or levels than `pageLimits` allow
 */
export const readPage = (html: string): PageContent => readParsedPage(parsePage(html));

/** The same of a page that is parsed already. */
export function readParsedPage(page: ParsedPage): PageContent {
  const reader = new PageReader();
  walkPage(page.root, {
    start: (element) => reader.start(element),
    end: (element) => reader.end(element),
    text: (text) => reader.addText(text),
  });
  return reader.finish(page);
}

/** What holds for the words in an element. */
interface Context {
  readonly kind: BlockKind;
  readonly place: Place | undefined;
  readonly hidden: boolean;
  readonly warning: boolean;
  readonly edition: boolean;
  readonly inDrawing: boolean;
  /** Script or style, whose text is no words of the page. */
  readonly isCode: boolean;
  /** Whether its tag is part of the form of a block, which then shows where it ends. */
  readonly isMarked: boolean;
}

const outside: Context = {
  kind: 'words',
  place: undefined,
  hidden: false,
  warning: false,
  edition: false,
  inDrawing: false,
  isCode: false,
  isMarked: false,
};

class PageReader {
  readonly #blocks: Block[] = [];
  readonly #parts = new PageParts();
  readonly #run = new WordRun();
  readonly #contexts: Context[] = [];
  #title: string | undefined;
  #edition: string | undefined;
  /** Links that are open: in a drawing, one can be in another. */
  readonly #links: { readonly entry: { text: string }; readonly words: string[] }[] = [];

  get #context(): Context {
    return this.#contexts.at(-1) ?? outside;
  }

  start(element: PageElement): void {
    const { name, attributes, isForeign } = element;
    if (isBlock(name)) this.#endBlock();
    const above = this.#context;
    this.#parts.add(element);
    this.#addLabels(element);
    if (isLink(element)) {
      const entry = { text: '', href: attributes.get('href') ?? '' };
      this.#links.push({ entry, words: [] });
      this.#parts.links.push(entry);
    }
    if (name === 'br') this.addText(' ');

    const tag = isForeign ? undefined : printMarks(name, attributes);
    const isMarked = !isBlock(name) && tag !== undefined;
    if (isMarked) this.#run.addTag(tag, above);
    const classes = attributes.get('class')?.split(/[\t\n\f ]+/) ?? [];
    const isSign = classes.includes('warning') || classes.includes('dangerous');
    if (!isBlock(name) && isSign && !above.warning) this.#run.startSign();
    const place = { above: above.place, depth: (above.place?.depth ?? 0) + 1 };
    this.#contexts.push({
      kind: toKind(name, above.kind),
      place: tag === undefined ? above.place : { tag, ...place },
      hidden: above.hidden || isHidden(element),
      warning: above.warning || isSign,
      edition: above.edition || classes.includes('edition'),
      inDrawing: isForeign,
      isCode: name === 'script' || name === 'style',
      isMarked,
    });
  }

  end(element: PageElement): void {
    const closed = this.#context;
    if (closed.isMarked) this.#run.addTag('</>', closed);
    if (isLink(element)) this.#endLink();
    this.#contexts.pop();
    if (closed.inDrawing && !this.#context.inDrawing) this.#parts.endDrawing();
    if (isBlock(element.name)) this.#endBlock();
    else if (closed.warning) this.#run.endSign();
  }

  addText(text: string): void {
    const context = this.#context;
    if (context.isCode) return;
    this.#run.add(text, context);
    this.#links.at(-1)?.words.push(text);
  }

  finish({ doctype, root, dubious }: ParsedPage): PageContent {
    this.#endBlock();
    const { language, links, images, drawings, policies, styles, active } = this.#parts;
    return {
      title: this.#title ?? '',
      language,
      edition: this.#edition,
      blocks: this.#blocks,
      links,
      images,
      drawings,
      policies,
      styles,
      active,
      declarations: [
        ...(doctype === undefined ? [] : [doctype.toLowerCase()]),
        ...this.#parts.declarations,
      ],
      foreign: [...dubious, ...this.#parts.foreign],
      root,
    };
  }

  #endBlock(): void {
    const { block, isEdition } = this.#run.take();
    if (!block) return;
    if (block.kind === 'title') this.#title ??= block.text;
    if (isEdition) this.#edition ??= block.text;
    this.#blocks.push(block);
  }

  #addLabels({ name, attributes }: PageElement): void {
    const isDescription = name === 'meta' && attributes.get('name') === 'description';
    const { place, hidden, warning } = this.#context;
    for (const key of isDescription ? ['content'] : spokenAttributes) {
      const text = joinSpaces(attributes.get(key) ?? '');
      if (text === '') continue;
      this.#blocks.push({ kind: 'label', text, form: text, place, hidden, warning, signs: [] });
    }
  }

  #endLink(): void {
    const link = this.#links.pop();
    if (link) link.entry.text = joinSpaces(link.words.join(''));
  }
}

const isLink = ({ name, attributes }: PageElement): boolean =>
  name === 'a' && attributes.has('href');

/**
 * A start tag as far as it says how words look or what they are; undefined if it does not. Where
 * links lead is compared by itself.
 */
function printMarks(name: string, attributes: ReadonlyMap<string, string>): string | undefined {
  if (name === 'html' || name === 'body' || name === 'meta' || name === 'link') return undefined;
  const marks = [...attributes].filter(
    ([key, value]) =>
      key !== 'href' &&
      key !== 'src' &&
      !spokenAttributes.includes(key) &&
      isAllowedAttribute(name, key, value),
  );
  return marks.length > 0 || isTelling(name) ? printTag(name, marks) : undefined;
}

/** Words that are gathered until their block ends, with the tags among them. */
class WordRun {
  readonly #texts: string[] = [];
  readonly #forms: string[] = [];
  readonly #signs: string[] = [];
  /** Of the element in which the run begins. */
  #within: Context | undefined;
  #hidden = false;
  #hasTags = false;
  #signStart: number | undefined;

  add(text: string, within: Context): void {
    this.#within ??= within;
    this.#hidden ||= within.hidden && /\S/.test(text);
    this.#texts.push(text);
    this.#forms.push(text);
  }

  /** A tag in the line. */
  addTag(tag: string, within: Context): void {
    this.#within ??= within;
    this.#forms.push(tag);
    this.#hasTags = true;
  }

  startSign(): void {
    this.#signStart ??= this.#texts.length;
  }

  endSign(): void {
    if (this.#signStart === undefined) return;
    const sign = joinSpaces(this.#texts.slice(this.#signStart).join(''));
    if (sign !== '') this.#signs.push(sign);
    this.#signStart = undefined;
  }

  /** The block of the words since the last one, if there were any; the next run begins. */
  take(): { block?: Block; isEdition: boolean } {
    this.endSign();
    const within = this.#within;
    const signs = this.#signs.splice(0);
    const text = joinSpaces(this.#texts.splice(0).join(''));
    const forms = this.#forms.splice(0);
    const form = this.#hasTags ? joinSpaces(forms.join('')) : text;
    const hidden = this.#hidden;
    [this.#within, this.#hidden, this.#hasTags] = [undefined, false, false];
    if (within === undefined || text === '') return { isEdition: false };
    const { kind, place, warning, edition } = within;
    return {
      block: { kind, text, form, place, hidden, warning, signs },
      isEdition: edition,
    };
  }
}
