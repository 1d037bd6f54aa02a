import { createHash, type Hash } from 'node:crypto';
import {
  isAllowedAttribute,
  isAllowedElement,
  isAllowedLink,
} from '../core/text/allowed-markup.ts';
import { findActiveParts, printTag } from './active-parts.ts';
import type { ActivePart, Image, Link } from './page-content.ts';
import { joinSpaces } from './word-run.ts';

type Attributes = ReadonlyMap<string, string>;

/** Attributes of drawings that have capitals in the HTML standard (13.2.6.1), of those that ours have. */
const drawn: Readonly<Record<string, string>> = {
  viewbox: 'viewBox',
  markerheight: 'markerHeight',
  markerwidth: 'markerWidth',
  patterntransform: 'patternTransform',
  patternunits: 'patternUnits',
};

/** Gathers what a page is made of beside its words. */
export class PageParts {
  readonly links: Link[] = [];
  readonly images: Image[] = [];
  readonly drawings: string[] = [];
  readonly policies: string[] = [];
  readonly styles: string[] = [];
  readonly active: ActivePart[] = [];
  readonly declarations = new Set<string>();
  readonly foreign: string[] = [];
  language: string | undefined;
  /** Attack: a policy below the head looks as if it held, and holds nothing. */
  isPastHead = false;
  #drawing: Hash | undefined;
  /** The words of a script or style, which are no words of the page. */
  #code: string[] = [];
  #script: ActivePart | undefined;

  start(name: string, attributes: Attributes, inDrawing: boolean): void {
    const active = findActiveParts(name, attributes);
    for (const part of active) {
      if (part.what === 'a script') this.#script = part;
      else this.active.push(part);
    }
    if (inDrawing) {
      this.#drawing ??= createHash('sha256');
      this.#drawing.update(printTag(name, attributes));
    }
    if (name === 'html') this.language ??= attributes.get('lang');
    if ((name === 'html' || name === 'body') && attributes.size > 0)
      this.declarations.add(printTag(name, attributes));
    if (name === 'meta') this.#noteMeta(attributes);
    if (name === 'img')
      this.images.push({ alt: attributes.get('alt') ?? '', src: attributes.get('src') ?? '' });
    if (name === 'link' && isAllowedLink(attributes.get('rel'))) {
      this.links.push({
        text: printTag(
          name,
          [...attributes].filter(([key]) => key !== 'href'),
        ),
        href: attributes.get('href') ?? '',
      });
    }
    if (!isAllowedElement(name)) {
      if (active.length === 0) this.foreign.push(printTag(name, attributes));
      return;
    }
    for (const [key, value] of attributes) {
      const isKnown = isAllowedAttribute(name, inDrawing ? (drawn[key] ?? key) : key, value);
      if (!isKnown && active.length === 0) this.foreign.push(printTag(name, [[key, value]]));
    }
  }

  addCode(text: string): void {
    this.#code.push(text);
  }

  endCode(name: 'script' | 'style'): void {
    const code = joinSpaces(this.#code.splice(0).join(''));
    if (name === 'style') this.styles.push(code);
    else if (this.#script)
      this.active.push({ ...this.#script, text: `${this.#script.text}${code}` });
    this.#script = undefined;
  }

  endDrawing(): void {
    if (this.#drawing) this.drawings.push(this.#drawing.digest('hex'));
    this.#drawing = undefined;
  }

  #noteMeta(attributes: Attributes): void {
    const order = attributes.get('http-equiv')?.toLowerCase();
    const content = attributes.get('content') ?? '';
    const charset =
      attributes.get('charset') ??
      (order === 'content-type' ? /charset=["']?([^\s"';]+)/i.exec(content)?.[1] : undefined);
    if (charset !== undefined)
      this.declarations.add(`charset=${charset.toLowerCase()}`); // a browser that saves a page writes it in another form
    else if (order === 'content-security-policy')
      (this.isPastHead ? this.foreign : this.policies).push(joinSpaces(content));
    else if (attributes.get('name') !== 'description')
      this.declarations.add(printTag('meta', attributes));
  }
}
