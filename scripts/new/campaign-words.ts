import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { isMap, parse, parseDocument, visit } from 'yaml';
import { findTypeTable, readLanguages } from '../../src/campaign/read/read-languages.ts';
import { standingGuides } from '../../src/campaign/schema/pages.ts';
import { project } from '../build/project.ts';

const schema = z.strictObject({
  /** Strings of the interface that name no country, by their places. */
  interface: z.record(z.string(), z.record(z.string(), z.string())),
  motto: z.string(),
  source: z.string(),
  guides: z.record(
    z.enum(standingGuides),
    z.strictObject({ title: z.string(), description: z.string(), text: z.string() }),
  ),
});
export type CampaignWords = z.output<typeof schema>;

/** The language in which there are words for every campaign. */
const fallback = 'en';

const wordsFile = (tag: string): string => join(project, 'scripts/new/campaign', `${tag}.yaml`);

/** Whether a new campaign speaks a language by itself. */
export const isSpoken = (tag: string): boolean => existsSync(wordsFile(tag));

/** What a new campaign says in a language, or in English. */
export const readWords = (tag: string): CampaignWords =>
  schema.parse(parse(readFileSync(wordsFile(isSpoken(tag) ? tag : fallback), 'utf8')));

/**
 * `interface/<tag>.yaml` of a new campaign: the strings of this program's own campaign, without
 * what names its country. In a language that is not spoken, those in English, to be translated.
 */
export function makeInterface(tag: string): string {
  const spoken = isSpoken(tag) ? tag : fallback;
  const own = readFileSync(join(project, 'src/content/interface', `${spoken}.yaml`), 'utf8');
  const document = parseDocument(own);
  document.set('languageNames', {}); // how one campaign spells them; Intl has names for all
  for (const [group, strings] of Object.entries(readWords(tag).interface))
    for (const [name, text] of Object.entries(strings)) {
      if (!isMap(document.getIn([group])) || !document.hasIn([group, name]))
        throw new Error(`The interface has no string ${group}.${name}; ${wordsFile(spoken)} has.`);
      document.setIn([group, name], text);
    }
  if (spoken !== tag) {
    const set = makeTypesetter(tag);
    visit(document, {
      Scalar: (_key, node) => {
        if (typeof node.value === 'string') node.value = set(node.value);
      },
    });
    document.commentBefore = ` NOT TRANSLATED: write these texts in ${tag}, and take this line out.`;
  }
  return document.toString({ lineWidth: 98 });
}

/**
 * Sets quotation marks and per cent of an English text as another language has them, which checks
 * ask for.
 */
function makeTypesetter(tag: string): (text: string) => string {
  const table = findTypeTable(readLanguages().languages, tag);
  if (!table) return String;
  const { quotes, padding, percent } = table;
  return (text) =>
    text
      .replace(
        /“([^“”]*)”/g,
        (_, quoted: string) => `${quotes[0]}${padding}${quoted}${padding}${quotes[1]}`,
      )
      .replace(/(?<=\d)%/g, `${percent[0]}%`);
}
