import { isAllowedAttribute } from '../core/text/allowed-markup.ts';
import { printTag } from './active-parts.ts';
import {
  blockKindOf,
  isEmptyElement,
  isHidden,
  isOfHead,
  isTelling,
  spokenAttributes,
  toKind,
} from './elements.ts';
import { OpenElements, type OpenElement } from './open-elements.ts';
import type { Block, PageContent } from './page-content.ts';
import { PageParts } from './page-parts.ts';
import { readTags, type Tag } from './read-tags.ts';
import { joinSpaces, WordRun } from './word-run.ts';

/**
 * Reads what a page says and does, whoever wrote it: nothing in it is run, loaded or followed. In linear time. Line ends and
 * indentation do not count, in code neither. Throws PageError if the page has more tags and attributes than `pageLimits` allow.
 */
export function readPage(html: string): PageContent {
  const reader = new PageReader();
  for (const tag of readTags(html)) reader.read(tag);
  return reader.finish();
}

class PageReader {
  readonly #blocks: Block[] = [];
  readonly #parts = new PageParts();
  readonly #run = new WordRun();
  readonly #open = new OpenElements((element) => this.#close(element));
  #title: string | undefined;
  #edition: string | undefined;
  #link: { readonly href: string; readonly words: string[] } | undefined;

  read(tag: Tag): void {
    if ((tag.type === 'start' || tag.type === 'end') && !isOfHead(tag.name))
      this.#parts.isPastHead = true;
    if (tag.type === 'start') this.#start(tag);
    else if (tag.type === 'end') this.#open.end(tag.name);
    else if (tag.type === 'text') this.#addText(tag.text);
    else if (tag.type === 'doctype')
      this.#parts.declarations.add(joinSpaces(tag.text).toLowerCase());
    else {
      this.#parts.foreign.push(tag.text);
      this.#parts.isPastHead = true;
    }
  }

  finish(): PageContent {
    this.#open.endAll();
    this.#endBlock();
    this.#endLink();
    const { language, links, images, drawings, policies, styles, active, declarations, foreign } =
      this.#parts;
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
      declarations: [...declarations],
      foreign,
    };
  }

  #addText(text: string): void {
    const { innermost } = this.#open;
    if (innermost.name === 'script' || innermost.name === 'style') {
      this.#parts.addCode(text);
      return;
    }
    if (innermost.name !== 'title' && /\S/.test(text)) this.#parts.isPastHead = true;
    this.#run.add(text, innermost);
    this.#link?.words.push(text);
  }

  #start({ name: written, attributes, selfClosing }: Extract<Tag, { type: 'start' }>): void {
    const name = written === 'image' && !this.#open.innermost.inDrawing ? 'img' : written; // what browsers make of it, too
    const isBlock = blockKindOf(name) !== undefined;
    this.#open.makeRoomFor(name);
    if (isBlock) this.#endBlock();
    const above = this.#open.innermost;
    const inDrawing = above.inDrawing || name === 'svg';
    this.#parts.start(name, attributes, inDrawing);
    this.#addLabels(name, attributes);
    if (name === 'a') this.#startLink(attributes.get('href'));
    if (name === 'br') this.#addText(' ');

    const tag = inDrawing ? undefined : printMarks(name, attributes);
    const classes = attributes.has('class')
      ? (attributes.get('class') ?? '').split(/[\t\n\f ]+/)
      : [];
    const isSign = classes.includes('warning') || classes.includes('dangerous');
    if (!isBlock && tag !== undefined) this.#run.addTag(tag, above);
    if (isEmptyElement(name) || selfClosing) return;
    if (!isBlock && isSign && !above.warning) this.#run.startSign();
    this.#open.open({
      name,
      kind: toKind(name, above.kind),
      place:
        tag === undefined
          ? above.place
          : { tag, above: above.place, depth: (above.place?.depth ?? 0) + 1 },
      hidden: above.hidden || isHidden(name, attributes),
      warning: above.warning || isSign,
      edition: above.edition || classes.includes('edition'),
      inDrawing,
      startsDrawing: inDrawing && !above.inDrawing,
      isMarked: !isBlock && tag !== undefined,
    });
  }

  #close(element: OpenElement): void {
    const { name, warning, startsDrawing, isMarked } = element;
    if (isMarked) this.#run.addTag('</>', element);
    if (name === 'script' || name === 'style') this.#parts.endCode(name);
    if (name === 'a') this.#endLink();
    if (startsDrawing) this.#parts.endDrawing();
    if (blockKindOf(name) !== undefined) this.#endBlock();
    else if (warning) this.#run.endSign();
  }

  #endBlock(): void {
    const { block, isEdition } = this.#run.take();
    if (!block) return;
    if (block.kind === 'title') this.#title ??= block.text;
    if (isEdition) this.#edition ??= block.text;
    this.#blocks.push(block);
  }

  #addLabels(name: string, attributes: ReadonlyMap<string, string>): void {
    const keys =
      name === 'meta' && attributes.get('name') === 'description' ? ['content'] : spokenAttributes;
    const { place, hidden, warning } = this.#open.innermost;
    for (const key of keys) {
      const text = joinSpaces(attributes.get(key) ?? '');
      if (text !== '')
        this.#blocks.push({ kind: 'label', text, form: text, place, hidden, warning, signs: [] });
    }
  }

  #startLink(href: string | undefined): void {
    this.#endLink(); // one link cannot stand in another
    if (href !== undefined) this.#link = { href, words: [] };
  }

  #endLink(): void {
    if (this.#link)
      this.#parts.links.push({
        text: joinSpaces(this.#link.words.join('')),
        href: this.#link.href,
      });
    this.#link = undefined;
  }
}

/** A start tag as far as it says how words look or what they are; undefined if it does not. Links are compared by themselves. */
function printMarks(name: string, attributes: ReadonlyMap<string, string>): string | undefined {
  if (name === 'html' || name === 'body' || name === 'meta' || name === 'link') return undefined;
  const marks =
    attributes.size === 0
      ? []
      : [...attributes].filter(
          ([key, value]) =>
            key !== 'href' &&
            key !== 'src' &&
            !spokenAttributes.includes(key) &&
            isAllowedAttribute(name, key, value),
        );
  return marks.length > 0 || isTelling(name) ? printTag(name, marks) : undefined;
}
