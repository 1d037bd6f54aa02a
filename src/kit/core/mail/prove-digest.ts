import {
  chainFile,
  editionFile,
  manifestFile,
  printSignatureComment,
  signatureFile,
} from '../edition/edition-files.ts';
import type { Edition } from '../edition/edition.ts';
import { manifestLimits, parseManifest, type ListedFile } from '../manifest/manifest.ts';
import { SignatureError, verifyComment } from '../minisign/signature.ts';
import { hashWith } from '../platform.ts';
import { CopyError, type OpenedCopy, type SiteCopy } from '../source/site-copy.ts';
import { encodeUtf8 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Trust } from '../trust/trust.ts';
import { checkFreshness } from '../verify/check-edition.ts';
import { checkMemory, proveEdition } from '../verify/prove-edition.ts';
import type { Findings, Report } from '../verify/verdict.ts';
import { explainUnsigned, verifyCopy } from '../verify/verify-copy.ts';
import { judgeReference, type PageOptions, type Reference } from '../verify/verify-page.ts';
import { signatureFileOf, signedBy, type MailProof } from './mail-proof.ts';

/** The files that a digest brings, so that its keys are all that a checker has to know. */
export const evidenceFiles = [manifestFile, editionFile, chainFile] as const;
export const isEvidenceName = (name: string | undefined): name is (typeof evidenceFiles)[number] =>
  evidenceFiles.some((file) => file === name);

/** What is known of the edition that a digest says it is of. */
export type EditionProof = Pick<Report, 'edition' | 'signedBy' | 'isProven' | 'replaced'> & {
  /** The files of its manifest; undefined where that is not at hand. */
  readonly files: readonly ListedFile[] | undefined;
};

const unknown: EditionProof = {
  files: undefined,
  edition: undefined,
  signedBy: [],
  isProven: false,
};

/**
 * Finds the manifest that a proof names, and whether it is signed: among what the mail brings, what
 * the checker knows, and in the copy that it was given, in this order.
 * @param brought the evidence files of the mail, by name
 */
export async function proveDigest(
  proof: MailProof,
  brought: ReadonlyMap<string, Uint8Array>,
  against: Reference | undefined,
  trust: Trust,
  options: PageOptions,
  findings: Findings,
): Promise<EditionProof> {
  if (brought.has(manifestFile)) return proveBrought(proof, brought, trust, options, findings);
  const known = [...trust.editions.values()].find(({ listHash }) => listHash === proof.listHash);
  if (known?.files) return proveKnown(proof, known.edition, known.files, trust, options, findings);
  if (against) {
    const found = await proveByCopy(proof, against, trust, options, findings);
    if (found) return found;
  }
  findings.add(
    'unsigned',
    `Its block names edition ${proof.number} with the list ${proof.listHash}, which is neither in the mail nor known here: ` +
      'ask for the mail with its attachments, or give a copy of this edition: --against COPY.',
  );
  return unknown;
}

/** The files of the mail as a copy that has nothing else, so that the checks of copies hold. */
async function proveBrought(
  proof: MailProof,
  brought: ReadonlyMap<string, Uint8Array>,
  trust: Trust,
  { platform, seen, today }: PageOptions,
  findings: Findings,
): Promise<EditionProof> {
  const files = new Map(brought);
  for (const signature of proof.signatures)
    files.set(signatureFile(signature.keyId), encodeUtf8(signatureFileOf(proof, signature)));
  const copy = copyOf(files);
  const found = await proveEdition(copy, trust, findings, platform);
  const { claims, keys, signedBy, isSigned, isProven, replaced } = found;
  const { list, edition, draft } = claims;
  if (!isSigned) explainUnsigned(copy.paths, claims, keys, signedBy, findings);
  checkMemory(
    found,
    trust,
    (needed) => (edition ? seen(edition.campaign, needed) : []),
    today,
    findings,
  );
  const isSame =
    list?.hash === proof.listHash &&
    list.files.find(({ path }) => path === editionFile)?.hash === proof.editionHash &&
    (edition ?? draft)?.campaign === proof.campaign &&
    (proof.isDraft ? draft?.of : edition?.number) === proof.number;
  if (!isSame)
    findings.add(
      'tampered',
      'The block at its end names another edition than the files that the mail brings.',
    );
  return { files: list?.files, edition, signedBy, isProven, replaced };
}

/** An edition of the checker's own clone: nothing has to be proven but that it is this one. */
async function proveKnown(
  proof: MailProof,
  edition: Edition,
  files: readonly ListedFile[],
  trust: Trust,
  { platform, seen, today }: PageOptions,
  findings: Findings,
): Promise<EditionProof> {
  const ids: string[] = [];
  for (const signature of proof.signatures) {
    const key = edition.keys.keys.find(({ id }) => id === signature.keyId);
    try {
      if (!key)
        throw new SignatureError(
          'other key',
          `${signature.keyId} is no key of edition ${edition.number}.`,
        );
      await verifyComment(signature, printSignatureComment(signedBy(proof)), key, platform);
      ids.push(key.id);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      findings.add('tampered', `The block at its end: ${error.message}`);
    }
  }
  if (proof.number !== edition.number || proof.campaign !== edition.campaign)
    findings.add('tampered', `The block at its end names another edition than its list is of.`);
  const claims = {
    list: { bytes: new Uint8Array(), hash: proof.listHash, files },
    edition,
    draft: undefined,
    isListed: true,
  };
  const seenEditions = seen(edition.campaign, edition.keys);
  checkFreshness(claims, true, trust, seenEditions, today, findings);
  return { files, edition, signedBy: ids, isProven: true, replaced: [] };
}

/** Undefined if the copy is not of this edition. */
async function proveByCopy(
  proof: MailProof,
  { name, open }: Reference,
  trust: Trust,
  options: PageOptions,
  findings: Findings,
): Promise<EditionProof | undefined> {
  const opened = await open();
  if (!opened) return undefined;
  try {
    const report = await verifyCopy(opened, trust, { ...options, progress: () => {} });
    if (report.list !== proof.listHash) return undefined;
    judgeReference(name, report, options.call, findings);
    const list = await opened.copy.read(manifestFile, manifestLimits.maxBytes);
    const { edition, signedBy, isProven, replaced } = report;
    return {
      files: list && parseManifest(list),
      edition,
      signedBy,
      isProven,
      ...(replaced && { replaced }),
    };
  } finally {
    await opened.copy.close();
  }
}

/** The bytes of a file of a copy, if they are those of a hash. */
export async function readFrom(
  opened: OpenedCopy | undefined,
  path: string,
  hash: string,
  maxBytes: number,
  { platform }: Pick<PageOptions, 'platform'>,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = await opened?.copy.read(path, maxBytes);
    return bytes && (await hashWith(platform, bytes)) === hash ? bytes : undefined;
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return undefined;
  }
}

const copyOf = (files: ReadonlyMap<string, Uint8Array>): SiteCopy => ({
  kind: 'folder',
  name: 'the mail',
  paths: new Set(files.keys()),
  read: (path, maxBytes) => {
    const bytes = files.get(path);
    if (!bytes || bytes.length <= maxBytes) return Promise.resolve(bytes);
    const text = `${quoteName(path)} has ${bytes.length} bytes, expected at most ${maxBytes}.`;
    return Promise.reject(new CopyError('too long', text));
  },
  hash: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
});
