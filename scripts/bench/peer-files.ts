import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { photos, type Corpus } from './corpus.ts';
import type { Workplace } from './generator.ts';
import { writeBody } from './markdown.ts';
import { makePhotos } from './photos.ts';
import { corpusLanguages, type CorpusLanguage } from './words.ts';

/** Writes files below a folder, by their paths. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [path, content] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Lets a folder find the packages of the peers as if they were installed in it. */
export const linkPackages = ({ folder, peers }: Workplace): void =>
  symlinkSync(join(peers, 'node_modules'), join(folder, 'node_modules'));

/** The version of a package of the peers, or nothing where it is not installed. */
export function readVersion(peers: string, name: string): string {
  const file = readFileSync(join(peers, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

/**
 * The corpus as peers want it: the same texts, at `<lang>/guide/text-1/`, each with its title.
 * @param photoFolder where pages find photographs; without it these lie next to the texts
 */
export async function makePeerContent(
  corpus: Corpus,
  photoFolder?: string,
): Promise<Map<string, string | Uint8Array>> {
  const pages = [...corpus.texts, ...corpus.initiatives];
  const files = new Map<string, string | Uint8Array>();
  for (const language of corpusLanguages) {
    for (const { path, versions } of pages) {
      const { title, description, blocks } = versions[language];
      const body = writeBody({ blocks }, dialectOf(corpus, language, photoFolder ?? '.'));
      files.set(`${language}/${path}.md`, withTitle(title, description, body));
    }
    const list = pages.map((page) => {
      const { title } = page.versions[language];
      return `- [${title}](/${language}/${page.path}/)\n`;
    });
    files.set(`${language}/index.md`, withTitle('Bench', 'All texts.', list.join('')));
  }
  if (photoFolder !== undefined) return files;
  const pictures = await makePhotos();
  for (const language of corpusLanguages)
    for (const name of photos)
      files.set(`${language}/guide/${name}`, pictures.get(name) ?? new Uint8Array());
  return files;
}

const withTitle = (title: string, description: string, body: string): string =>
  `---\n${stringify({ title, description })}---\n\n${body}`;

const dialectOf = (corpus: Corpus, language: CorpusLanguage, photoFolder: string) => ({
  linkToText: (number: number) => `/${language}/${corpus.texts[number]?.path ?? ''}/`,
  linkOut: (number: number) => `https://${corpus.initiatives[number]?.host ?? ''}/page`,
  photo: (name: string) => `${photoFolder}/${name}`,
  source: '',
});
