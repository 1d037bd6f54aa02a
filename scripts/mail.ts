/** `npm run mail -- --lang TAG`: the digest of an edition as a mail, for whoever sends it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './build/project.ts';
import { parseWords, resolveHere, runCommand, UsageError } from './cli/command-line.ts';
import { composeMail } from './mail/compose-mail.ts';

const usage = `npm run mail -- --lang TAG [--site FOLDER] [--out FILE]

Writes the digest of a built site in one language as a mail that is not sent yet: open it in your mail program, fill in from whom
and to whom it is, and send it. It asks no host. Whoever gets it can check it: npm run verify -- MAIL
  --lang  the language, such as be
  --site  the folder of the site (if not said: dist)
  --out   the mail (if not said: CAMPAIGN-EDITION.LANG.eml, here)`;

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    { lang: { type: 'string' }, site: { type: 'string' }, out: { type: 'string' } } as const,
    usage,
    0,
  );
  const { lang, site, out } = values;
  if (lang === undefined || !/^[A-Za-z0-9-]+$/.test(lang))
    throw new UsageError(`Found no language, expected --lang and its tag.\n\n${usage}`);
  const folder = site === undefined ? join(project, 'dist') : resolveHere(site);
  const { bytes, proof } = await composeMail(folder, lang);
  const { campaign, number, isDraft, signatures } = proof;
  const file = out ?? `${campaign}-${isDraft ? 'draft-' : ''}${number}.${lang}.eml`;
  writeFileSync(resolveHere(file), bytes);
  console.log(
    `${file}: ${bytes.length} bytes, ${isDraft ? `a draft of edition ${number}` : `edition ${number}`}, ${signatures.length === 1 ? '1 signature' : `${signatures.length} signatures`}`,
  );
  if (signatures.length === 0)
    console.log('Nobody has signed it: whoever checks it will read UNSIGNED.');
  return 0;
});
