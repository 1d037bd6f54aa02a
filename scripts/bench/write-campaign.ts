import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { writeCampaign } from '../new/campaign.ts';
import {
  photos,
  subjectCount,
  type Corpus,
  type CorpusInitiative,
  type CorpusText,
} from './corpus.ts';
import { writeBody, type Dialect } from './markdown.ts';
import { makePhotos } from './photos.ts';
import { corpusLanguages, type CorpusLanguage } from './words.ts';

/** The day on which everything in the corpus was looked at. */
const day = '2026-01-10';
const publisher = 'The bench';
const book = { name: 'A book about the subject', date: '2015' };
const [main] = corpusLanguages;

/**
 * Writes the corpus as a campaign that a build takes.
 * @param folder is empty, or not there
 */
export async function writeCorpusCampaign(folder: string, corpus: Corpus): Promise<void> {
  writeCampaign(folder, {
    ...{ name: 'Bench', languages: corpusLanguages, main, accent: '#1f6f3a', id: 'bench' },
    ...{ today: day, program: '.' },
  });
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const text of corpus.texts)
    for (const language of corpusLanguages)
      write(pathOfText(text, language), writeText(corpus, text, language));
  const pictures = await makePhotos();
  for (const language of corpusLanguages)
    for (const name of photos) write(`guides/${language}/${name}`, pictures.get(name) ?? '');
  for (const [path, record] of makeRecords(corpus))
    write(path, stringify(record, { aliasDuplicateObjects: false }));
}

const nameOf = ({ path }: { path: string }): string => path.slice(path.indexOf('/') + 1);

const pathOfText = (text: CorpusText, language: CorpusLanguage): string =>
  `${text.kind}s/${language}/${nameOf(text)}.${isPlain(text) ? 'md' : 'mdx'}`;

/** Two of five updates are plain Markdown, without components, as in the default campaign. */
const isPlain = ({ kind, path }: CorpusText): boolean => kind === 'update' && /[0246]$/.test(path);

function writeText(corpus: Corpus, text: CorpusText, language: CorpusLanguage): string {
  const { title, description } = text.versions[language];
  const fields = {
    ...{ title, description, state: 'live', version: 1, published: day, checked: day },
    sources: [{ ...(!isPlain(text) && { id: 'book' }), ...book }],
    ...(language !== main && { translation: { of: 1, checked: false } }),
    ...(text.kind === 'update' && {
      id: identify(`${language}/${text.path}`),
      ...{ date: text.date, kind: 'news', publisher, subjects: [`subject-${text.subject}`] },
    }),
  };
  const dialect = { ...dialectOf(corpus), ...(isPlain(text) && { source: '' }) };
  const body = writeBody(text.versions[language], dialect);
  return `---\n${stringify(fields)}---\n\n${body}`;
}

/** An identifier as `npm run new` draws it, but the same one each time. */
const identify = (name: string): string =>
  `a${createHash('sha256').update(name).digest('hex').slice(0, 25)}`;

const dialectOf = (corpus: Corpus): Dialect => ({
  linkToText: (number) => `/${corpus.texts[number]?.path ?? ''}.html`,
  linkOut: (number) => `https://${corpus.initiatives[number]?.host ?? ''}/page`,
  photo: (name) => `./${name}`,
  source: '<Source id="book" />',
});

/** All records of the campaign, by the files that they go into. */
function makeRecords({ initiatives, texts }: Corpus): Map<string, unknown> {
  const sources = [{ id: 'book', ...book }];
  const alive = { date: '2025-12', source: publisher };
  const updates = texts.filter((text) => text.kind === 'update');
  const translations = Object.fromEntries(
    corpusLanguages.filter((tag) => tag !== main).map((tag) => [tag, { of: 1, checked: false }]),
  );
  const records = new Map<string, unknown>();
  for (let number = 0; number < subjectCount; number++) {
    const name = inAll((tag) => `${tag.toUpperCase()} ${number}`);
    records.set(`subjects/subject-${number}.yaml`, { name, description: name });
  }
  for (const [number, group] of initiatives.entries()) {
    const id = nameOf(group);
    const said = (block: number) => inAll((tag) => sentenceOf(group, tag, block));
    records.set(`initiatives/${id}.yaml`, {
      ...{ version: 1, translations, name: `Group ${number}` },
      summary: inAll((tag) => group.versions[tag].description),
      tasks: inAll((tag) => [group.versions[tag].title]),
      ...{ languages: ['en'], cost: 'free', state: 'live', alive, cites: ['book'] },
      today: [1, 2].map((block) => ({ text: said(block), cites: ['book'] })),
      ...{ designation: { decisions: [] }, checked: day, sources },
    });
    records.set(`sites/${id}.yaml`, {
      ...{ prefixes: [`https://${group.host}/`], name: group.host, initiative: id },
      ...{ state: 'live', alive, designation: { decisions: [] }, checked: day },
    });
    records.set(`actions/action-${number}.yaml`, {
      ...{ version: 1, translations },
      title: inAll((tag) => group.versions[tag].title),
      text: said(0),
      ...{ where: 'abroad', time: 'minutes', kind: 'write', state: 'live', initiatives: [id] },
      ...{ checked: day, sources },
    });
    const update = updates[number];
    if (update === undefined) continue;
    records.set(`dates/event-${number}.yaml`, {
      ...{ kind: 'event', date: update.date },
      title: inAll((tag) => update.versions[tag].title),
      text: inAll((tag) => update.versions[tag].description),
      ...{ update: nameOf(update), sources },
    });
  }
  return records;
}

const inAll = <T>(select: (tag: CorpusLanguage) => T): Record<CorpusLanguage, T> =>
  Object.fromEntries(corpusLanguages.map((tag) => [tag, select(tag)])) as Record<CorpusLanguage, T>;

function sentenceOf({ versions }: CorpusInitiative, tag: CorpusLanguage, at: number): string {
  const block = versions[tag].blocks[at];
  return block?.kind === 'paragraph' ? (block.pieces[0]?.words ?? '') : '';
}
