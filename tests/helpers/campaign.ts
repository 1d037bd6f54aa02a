import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const folder = 'src/content';

interface SiteFile {
  readonly main: string;
  readonly languages: readonly { readonly tag: string }[];
  readonly readersAtRisk?: readonly string[];
}

/** What tests look for on pages, of the words that a language has for the interface. */
interface InterfaceWords {
  readonly page: { readonly checked: string; readonly sources: string };
  readonly edition: { readonly draft: string };
  readonly feeds: { readonly warning: string };
}

const site = parse(readFileSync(`${folder}/site.yaml`, 'utf8')) as SiteFile;

/**
 * The languages of the default campaign, as its editors list them, in alphabetical order: a test
 * that names languages itself fails when an editor adds one.
 */
export const languages: readonly string[] = site.languages.map(({ tag }) => tag).sort();
export const mainLanguage = site.main;

/** The languages whose readers may be in danger for what they read. */
export const languagesAtRisk: readonly string[] = site.readersAtRisk ?? [];

/** The beginnings of sentences of the interface: what is before the first value of each. */
export function readInterface(
  tag: string,
): Record<'checked' | 'sources' | 'draft' | 'feedWarning', string> {
  const file = readFileSync(`${folder}/interface/${tag}.yaml`, 'utf8');
  const { page, edition, feeds } = parse(file) as InterfaceWords;
  const cut = (sentence: string): string => sentence.replace(/\{.*/s, '').trim();
  return {
    checked: cut(page.checked),
    sources: page.sources,
    draft: cut(edition.draft),
    feedWarning: feeds.warning,
  };
}
