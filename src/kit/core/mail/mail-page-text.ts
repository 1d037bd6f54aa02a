import { joinSpaces } from '../page-diff/page-content.ts';
import { isBlock } from '../page-diff/elements.ts';
import { walkPage, type ParsedPage } from '../page-diff/parse-page.ts';

/** What a page in a mail shows and does. */
export interface MailPageContent {
  /** Its words in the layout of a digest, so that one can be found in them. */
  readonly text: string;
  readonly links: readonly { readonly href: string; readonly words: string }[];
  /** Elements and attributes that can hide words, change their order or look. */
  readonly restyling: readonly string[];
  /** Those that load, run, send or ask for something. */
  readonly active: readonly string[];
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const plain = names(
  'html head title body h1 h2 h3 p ul ol li pre div br hr a b strong i em u blockquote span',
);
const restyling = names(
  'style font center table tbody thead tr td th small big sub sup code tt address h4 h5 h6 s del',
);
const plainAttributes = names('class id lang charset');

/** Reads a page of a mail, whoever wrote it. In linear time. */
export function readMailPage({ root }: ParsedPage): MailPageContent {
  const lines: string[] = [];
  let run = '';
  const links: { href: string; words: string }[] = [];
  const [restyled, active] = [new Set<string>(), new Set<string>()];
  let depthOfCode = 0;
  let depthOfPre = 0;
  let link: { href: string; words: string } | undefined;
  const endLine = (under = ''): void => {
    const parts = depthOfPre > 0 ? run.split('\n') : [joinSpaces(run)];
    const words = parts.filter((part) => part.trim() !== '');
    if (words.length > 0) lines.push(...words, ...(under === '' ? [] : [under]), '');
    run = '';
  };
  walkPage(root, {
    start({ name, attributes }) {
      if (isBlock(name) || name === 'br') endLine();
      if (name === 'style' || name === 'script' || name === 'title') depthOfCode += 1;
      if (name === 'pre') depthOfPre += 1;
      if (name === 'li') run = '- ';
      if (name === 'a') links.push((link = { href: attributes.get('href') ?? '', words: '' }));
      for (const found of judgeTag(name, attributes, plain, plainAttributes)) restyled.add(found);
      if (!plain.has(name) && !restyling.has(name) && !isEncoding(name, attributes))
        active.add(`<${name}>`);
    },
    end({ name }) {
      if (name === 'style' || name === 'script' || name === 'title') depthOfCode -= 1;
      if (name === 'a') link = undefined;
      if (isBlock(name)) endLine(underlineOf(name));
      if (name === 'pre') depthOfPre -= 1;
    },
    text(text) {
      if (depthOfCode > 0) return;
      run += text;
      if (link) link.words += text;
    },
  });
  endLine();
  return { text: lines.join('\n'), links, restyling: [...restyled], active: [...active] };
}

const underlineOf = (name: string): string =>
  name === 'h1' || name === 'h2' ? '===' : name === 'h3' ? '---' : '';

/** A `<meta>` that says the encoding, which a mail has in its header. */
const isEncoding = (name: string, attributes: ReadonlyMap<string, string>): boolean =>
  name === 'meta' && (attributes.has('charset') || attributes.get('http-equiv') !== 'refresh');

/** What of a tag is not plain: its name, or attributes such as `style="…"`. */
function judgeTag(
  name: string,
  attributes: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
  knownAttributes: ReadonlySet<string>,
): string[] {
  const others = [...attributes].filter(
    ([key, value]) =>
      !knownAttributes.has(key) &&
      !(key === 'href' && name === 'a') &&
      !(key === 'dir' && value === 'auto'),
  );
  const isMeta = name === 'meta';
  return [
    ...(known.has(name) || isMeta ? [] : [`<${name}>`]),
    ...(isMeta ? [] : others.map(([key]) => `${key}=`)),
  ];
}
