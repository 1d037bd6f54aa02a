import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { archiveName } from '../../src/kit/core/edition/edition-files.ts';
import {
  makeStaging,
  recoverFolder,
  removeFolder,
} from '../../src/kit/node/mirror/replace-folder.ts';
import { findTrust, readKeyOptions, startCheckSession } from '../checker/check-session.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';
import { takePublication } from '../publish/publication.ts';
import { makeZim } from './make-zim.ts';
import { ZimError } from './zim-error.ts';

const usage = `npm run zim -- [FOLDER] [--lang TAG] [--out FILE] [--draft]

Makes a ZIM file of a built site, for Kiwix: all its files as they are, in one, for phones, libraries and schools without a network. Takes nothing that is not authentic by the editions of this clone.
  FOLDER         the built site; dist of this clone, unless one is named
  --lang         the language that it opens in, such as be; the page of all languages without it
  --out          where to put it; CAMPAIGN-EDITION.zim here without it
  --draft        takes a site that nobody has signed, to try it out
  --allow-stale  takes an edition past its date, too
  --key, --threshold  as for npm run verify

It needs zimwriterfs, zimcheck and faketime (Debian: apt-get install zim-tools faketime). The file differs each time, so nobody signs it: whoever wants proof checks the archive that is in it.`;

const options = {
  lang: { type: 'string' },
  out: { type: 'string' },
  draft: { type: 'boolean' },
  'allow-stale': { type: 'boolean' },
  key: { type: 'string', multiple: true },
  threshold: { type: 'string' },
} as const;

/** What the command is started with. */
export interface ZimSetting {
  /** The folder of the built site, where none is named. */
  readonly site: string;
  /** The folder of the campaign, whose editions have the keys. */
  readonly campaign: string;
  readonly print: (text: string) => void;
}

/**
 * Does what the words after the command's name say.
 * @returns what the process ends with
 * @throws UserError
 */
export async function zim(words: readonly string[], setting: ZimSetting): Promise<number> {
  const { values, positionals } = parseWords(words, options, usage, 1);
  const { campaign, print } = setting;
  const [given] = positionals;
  const site = given === undefined ? setting.site : resolveHere(given);
  const out = values.out === undefined ? undefined : resolveHere(values.out);
  if (out !== undefined) assertFree(out);
  const { lang, draft = false } = values;
  const trust = await findTrust(
    { ...readKeyOptions(values), allowUnsigned: draft ? true : undefined },
    campaign,
  );
  if (!existsSync(site))
    throw new ZimError(
      `${site} is not there, expected a built site. Build it first: npm run build`,
    );
  const check = startCheckSession(false);
  recoverFolder(site); // and takes away what a run that was killed has left
  const staging = makeStaging(site);
  try {
    const allowStale = values['allow-stale'] ?? false;
    const { publication } = await takePublication(
      { site, trust, draft, hostFiles: [], check: check.options, allowStale },
      staging,
    ).finally(check.end);
    const target = out ?? resolveHere(`${archiveName(publication.build)}.zim`);
    const made = await makeZim(publication, lang, target);
    print(`${target}: ${made.bytes} bytes, ${publication.files.size} files, of ${made.date}`);
    print(`  "${made.title}" opens with ${made.welcome}; zimcheck passes it`);
    for (const warning of made.warnings) print(`  it warns: ${warning}`);
    return 0;
  } finally {
    removeFolder(staging);
  }
}

function assertFree(out: string): void {
  if (!out.endsWith('.zim'))
    throw new UsageError(
      `--out ${out}: expected a name that ends in .zim, by which programs know it.`,
    );
  if (existsSync(out) && statSync(out).isDirectory())
    throw new UsageError(`--out ${out} is a folder. Name a file: --out ${join(out, 'site.zim')}`);
  if (!existsSync(dirname(out)))
    throw new UsageError(`--out ${out}: ${dirname(out)} is not there. Make the folder first.`);
}
