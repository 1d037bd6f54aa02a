import { isAllowedLink } from '../core/text/allowed-markup.ts';
import type { ActivePart } from './page-content.ts';

const elements: Readonly<Record<string, string>> = {
  script: 'a script',
  ...all('iframe frame frameset object embed applet portal fencedframe', 'a page within the page'),
  ...all('form input button select textarea', 'a form'),
  ...all('animate set animatetransform animatemotion', 'a change of the page by itself'),
  ...all('video audio source track bgsound', 'something that loads'),
  base: 'another base of all links',
};
const loading =
  /^(?:srcset|srcdoc|background|poster|ping|action|formaction|manifest|data|archive|codebase|classid|xlink:href|attributionsrc)$/;

/** What in a start tag can run, load, send or lead away without being asked, with its article; none in a page of ours but the search. */
export function findActiveParts(
  name: string,
  attributes: ReadonlyMap<string, string>,
): ActivePart[] {
  const found = new Set<string>();
  const element = Object.hasOwn(elements, name) ? elements[name] : undefined;
  if (element !== undefined) found.add(element);
  if (name === 'link' && !isAllowedLink(attributes.get('rel'))) found.add('something that loads');
  if (
    name === 'meta' &&
    !/^(?:content-security-policy|content-type)?$/i.test(attributes.get('http-equiv') ?? '')
  )
    found.add('an order to the browser');
  for (const [key, value] of attributes) {
    if (/^on/.test(key)) found.add('code in an attribute');
    else if (runs(value)) found.add('code in an address');
    else if (element === undefined && loading.test(key)) found.add('something that loads');
  }
  return found.size === 0
    ? []
    : [...found].map((what) => ({ what, text: printTag(name, attributes) }));
}

/** Whether an address is code. Browsers take out line ends and tabs, and skip what stands in front: ` java\nscript:` runs. */
const runs = (value: string): boolean =>
  /^(?:javascript|vbscript|data:(?:text\/html|application|image\/svg\+xml[^,]*base64|text\/xml))/i.test(
    value.replace(/[\0-\x20]+/g, ''),
  );

/** A start tag as everyone writes the same one: attributes in order, quoted where they need it. */
export function printTag(name: string, attributes: Iterable<readonly [string, string]>): string {
  const parts = [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) =>
      value === ''
        ? key
        : `${key}=${/^[^\s'"<>=`]+$/.test(value) ? value : `'${value.replaceAll("'", '&#39;')}'`}`,
    );
  return `<${[name, ...parts].join(' ')}>`;
}

function all(names: string, what: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, what]));
}
