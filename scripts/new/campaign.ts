import { existsSync, readdirSync } from 'node:fs';
import { relative, sep } from 'node:path';
import {
  contrastOf,
  findReadable,
  minContrast,
  readPapers,
} from '../../src/campaign/check/check-accents.ts';
import { languageTag, slug } from '../../src/campaign/schema/fields.ts';
import { project } from '../build/project.ts';
import { ask } from '../cli/ask.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';
import { makeCampaign, type CampaignRequest } from './campaign-files.ts';
import { isSpoken } from './campaign-words.ts';
import { findLetters, readLanguages } from '../../src/campaign/read/read-languages.ts';
import { makeSlug } from './make-slug.ts';
import type { NewCommand } from './new-command.ts';
import { checkTitle, todayHere, writeNew } from './new-file.ts';

const usage = `npm run new -- campaign FOLDER [--name NAME] [--languages en,be] [--main en] [--accent #1f6f3a] [--id ID]

Writes a campaign that builds at once into a new folder, each field under a comment. What is not said is asked.
  --name       what the campaign is called, in its main language
  --languages  tags of its languages, with commas
  --main       the one to which the others fall back (the first one)
  --accent     the colour of links and warnings, as #rrggbb
  --id         by which checkers know it (made of the name)`;

/** A campaign of its own. */
export const newCampaign: NewCommand = { usage, run };

const defaultAccent = '#1f6f3a';

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(
    words,
    {
      name: { type: 'string' },
      languages: { type: 'string' },
      main: { type: 'string' },
      accent: { type: 'string' },
      id: { type: 'string' },
    } as const,
    usage,
    1,
  );
  const [place] = positionals;
  if (place === undefined) throw new UsageError(`Found no folder.\n\n${usage}`);
  const folder = resolveHere(place);
  checkEmpty(folder, place);
  const name = values.name ?? (await ask('Name of the campaign: '));
  const list = values.languages ?? (await askFor('Languages, as tags with commas', 'en'));
  const languages = list.split(',').map((tag) => tag.trim());
  const first = languages[0] ?? '';
  const main =
    values.main ??
    (languages.length === 1
      ? first
      : await askFor('Main language, to which others fall back', first));
  const accent = values.accent ?? (await askFor('Colour of links, as #rrggbb', defaultAccent));
  writeCampaign(folder, {
    ...{ name, languages, main, accent, id: values.id, today: todayHere() },
    program: relative(folder, project).split(sep).join('/'),
  });

  const here = relative(process.cwd(), folder) || '.';
  const unspoken = languages.filter((tag) => !isSpoken(tag));
  console.log(`\n${here}: a campaign that builds as it is`);
  for (const tag of unspoken)
    console.log(`  interface/${tag}.yaml is in English, to be translated into ${tag}`);
  console.log(
    `\nNow look at it, and change it while you look:\n  CONTENT_DIR=${here} npm run dev\n` +
      `Then look for faults:\n  CONTENT_DIR=${here} npm run check`,
  );
  return 0;
}

/** Asks for what has a value that is taken where somebody only presses Enter. */
const askFor = async (question: string, value: string): Promise<string> =>
  (await ask(`${question} (${value}): `)).trim() || value;

/** Whatever is in a folder may be somebody's campaign. */
function checkEmpty(folder: string, place: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new UsageError(`${place} is there already, and not empty. Name a new folder.`);
}

/**
 * Writes a new campaign into a folder that is empty or not there.
 * @param asked its id is made of its name, where it has none
 * @returns the paths of its files
 * @throws UsageError where something of it cannot be
 */
export function writeCampaign(
  folder: string,
  asked: Omit<CampaignRequest, 'id'> & { readonly id: string | undefined },
): string[] {
  const { name, languages, main, accent } = asked;
  checkEmpty(folder, folder);
  checkTitle(name, 60);
  const wrong = languages.find((tag) => !languageTag.safeParse(tag).success);
  if (wrong !== undefined)
    throw new UsageError(`--languages has "${wrong}", expected tags such as en,be,pt-BR.`);
  if (new Set(languages.map((tag) => tag.toLowerCase())).size < languages.length)
    throw new UsageError(`--languages is "${languages.join(',')}", expected each language once.`);
  if (!languages.includes(main))
    throw new UsageError(`--main is "${main}", expected one of ${languages.join(', ')}.`);
  checkAccent(accent);
  const id = asked.id ?? idOf(name, main);
  if (!slug.safeParse(id).success)
    throw new UsageError(`--id is "${id}", expected a-z, 0-9 and single hyphens, at most 60.`);
  const files = makeCampaign({ ...asked, id });
  for (const [path, text] of files) writeNew(folder, path, text);
  return [...files.keys()];
}

function checkAccent(accent: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(accent))
    throw new UsageError(`--accent is "${accent}", expected a colour such as ${defaultAccent}.`);
  const { light } = readPapers();
  const ratio = contrastOf(accent, light);
  if (ratio >= minContrast) return;
  throw new UsageError(
    `--accent is "${accent}", which is hard to read on light paper. The nearest colour that is not: ` +
      findReadable(accent, light),
  );
}

function idOf(name: string, main: string): string {
  const made = makeSlug(name, findLetters(readLanguages().languages, main));
  if ('slug' in made && made.slug !== '') return made.slug;
  throw new UsageError(
    'No id can be made of that name. Choose one, of a-z, 0-9 and hyphens: --id ID',
  );
}
