import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MailComposer, { type MailComposerOptions } from 'nodemailer/lib/mail-composer';
import {
  chainFile,
  editionFile,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { parseDraft, type Edition } from '../../src/kit/core/edition/edition.ts';
import { maxMailPageBytes, printMailPage } from '../../src/kit/core/mail/mail-page.ts';
import { mailFile, printProof, type MailProof } from '../../src/kit/core/mail/mail-proof.ts';
import { parseMailText } from '../../src/kit/core/mail/mail-text.ts';
import { parseSignature } from '../../src/kit/core/minisign/signature.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { trustNobody } from '../../src/kit/core/trust/trust.ts';
import { describeVerdict } from '../../src/kit/core/verify/verdict.ts';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';
import { hashBytes, nodePlatform } from '../../src/kit/node/platform.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';

/** A digest that cannot be made a mail of, in words. */
export class MailSourceError extends UserError {
  override readonly name = 'MailSourceError';
}

/** A mail for whoever sends it, who adds from whom and to whom it is. */
export interface ComposedMail {
  readonly bytes: Buffer;
  readonly proof: MailProof;
}

/**
 * Makes a mail of the digest that a built site has in a language: its text whole, the same as HTML,
 * and what proves both. It says nothing of this machine, asks no host, and is the same wherever it
 * is made: all in it comes from the site.
 * @param site the folder of the built site
 * @throws MailSourceError if there is no such site or digest
 */
export async function composeMail(site: string, language: string): Promise<ComposedMail> {
  const edition = await requireSite(site);
  const read = (path: string): Buffer => readFileSync(join(site, path));
  const path = mailFile(language);
  if (!existsSync(join(site, path)))
    throw new MailSourceError(
      `${join(site, path)} is not there, expected the digest of a language that the site has: ${listLanguages(site).join(', ')}.`,
    );
  const file = read(path);
  const text = file.toString('utf8').replace(/^\uFEFF/, '');
  const proof: MailProof = {
    path,
    ...describeBuild(edition, read(editionFile)),
    editionHash: hashBytes(read(editionFile)),
    listHash: hashBytes(read(manifestFile)),
    signatures: (edition?.signers ?? [])
      .filter((id) => existsSync(join(site, signatureFile(id))))
      .map((id) => parseSignature(read(signatureFile(id)))),
  };
  const lines = printProof(proof);
  const html = printMailPage(text, lines, language);
  if (Buffer.byteLength(html) >= maxMailPageBytes)
    throw new MailSourceError(
      `${path} has ${Buffer.byteLength(html)} bytes as HTML, expected less than ${maxMailPageBytes}: programs cut off what is longer. Build the site again.`,
    );
  const evidence = [manifestFile, editionFile, chainFile].filter((name) =>
    existsSync(join(site, name)),
  );
  const identity = hashBytes(Buffer.from(lines)).slice(0, 32);
  const options: MailComposerOptions = {
    // Programs open it as a draft: the sender fills in the rest.
    headers: { 'X-Unsent': '1' },
    subject: parseMailText(text)[0]?.text ?? path,
    messageId: `<${identity}@${proof.campaign}.invalid>`,
    date: edition ? new Date(`${edition.date}T00:00:00Z`) : 'none',
    text: { content: `${text}\n${lines}`, contentType: 'text/plain; charset=utf-8' },
    html: { content: html, contentType: 'text/html; charset=utf-8' },
    attachments: evidence.map((filename) => ({
      filename,
      content: read(filename),
      contentType: 'text/plain; charset=utf-8',
      contentTransferEncoding: 'base64',
    })),
    encoding: 'base64',
    baseBoundary: identity,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const built = await new MailComposer(options).compile().build();
  return { bytes: withoutDate(built, edition), proof };
}

/** A draft has no day of its own; the program that sends it says one. */
const withoutDate = (bytes: Buffer, edition: Edition | undefined): Buffer =>
  edition ? bytes : Buffer.from(bytes.toString('latin1').replace(/^Date: .*\r\n/m, ''), 'latin1');

function describeBuild(
  edition: Edition | undefined,
  bytes: Uint8Array,
): Pick<MailProof, 'campaign' | 'number' | 'isDraft'> {
  if (edition) return { campaign: edition.campaign, number: edition.number, isDraft: false };
  const { campaign, of } = parseDraft(bytes);
  return { campaign, number: of, isDraft: true };
}

/**
 * Attack: a digest that was changed in the folder goes out in the sender's name.
 * @returns undefined for a draft
 */
async function requireSite(site: string): Promise<Edition | undefined> {
  if (!existsSync(join(site, manifestFile)))
    throw new MailSourceError(
      `${site} holds no built site, expected one with its ${manifestFile}. Build it first: npm run build`,
    );
  const { verdict, evidence, edition } = await verifyCopy(openFolder(site), trustNobody, {
    today: '1970-01-01', // an edition past its date can be sent again
    seen: () => [],
    progress: () => {},
    platform: nodePlatform,
  });
  if (!describeVerdict(verdict).isSound)
    throw new MailSourceError(
      `${site} is not as it was built: ${evidence.find((item) => item.verdict === verdict)?.text ?? verdict} Build it again: npm run build`,
    );
  return edition;
}

const listLanguages = (site: string): string[] =>
  [...(openFolder(site).copy.paths ?? [])]
    .filter((path) => mailFile(path.split('/')[0] ?? '') === path)
    .map((path) => path.split('/')[0] ?? '')
    .sort();
