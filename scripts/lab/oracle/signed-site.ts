import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { printEdition } from '../../../src/kit/core/edition/edition.ts';
import {
  editionFile,
  manifestFile,
  signatureFile,
  printSignatureComment,
} from '../../../src/kit/core/edition/edition-files.ts';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import { printManifest } from '../../../src/kit/core/manifest/manifest.ts';
import type { PublicKey } from '../../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../../src/kit/node/minisign/secret-key.ts';
import { signData } from '../../../src/kit/node/minisign/sign.ts';

/** A small signed site in memory, and the key that proves it. */
export interface SignedSite {
  /** By path: everything that an honest host serves. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly key: PublicKey;
}

/**
 * The two kinds of page that hosts are tried on: `real` is made as the build makes pages (a byte
 * order mark, a policy before all else); `bare` has neither, so that nothing in the page keeps a
 * browser from doing what the host says.
 */
export const testPages = { real: 'en/real.html', bare: 'en/bare.html' } as const;

const style = 'body{color:#024;background:#fed}p{border:2px solid #135}a{color:#246}';
const styleHash = createHash('sha256').update(style).digest('base64');
const policy = [
  "default-src 'none'",
  "img-src 'self' data:",
  `style-src 'sha256-${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join(';');

/** Words in several scripts: each wrong encoding changes at least one of them. */
const words = 'Für Samen: NL91 ABNA 0417 1643 00. Сад і агарод — «ўсё». الري ١٢';

const makePage = (title: string, head = ''): string =>
  [
    `<!DOCTYPE html><html lang="en"><head>${head}<meta charset="utf-8">`,
    `<meta name="referrer" content="no-referrer"><title>${title}</title>`,
    `<link rel="icon" href="data:,"><style>${style}</style></head><body><h1>${title}</h1>`,
    `<p>${words}</p><p><a href="home.html">Home</a> <a href="../index.html">Start</a></p>`,
    '<p><img src="photo.png" alt="A bed of beans" width="8" height="8"></p></body></html>',
  ].join('');
const makeRealPage = (title: string) =>
  `\uFEFF${makePage(title, `<meta http-equiv="Content-Security-Policy" content="${policy}">`)}`;

/**
 * Makes and signs the site; the key is made for this run and kept by nobody.
 * @param lookForNewerAfter a date to come for programs that ask the clock of the machine
 */
export async function makeSignedSite(lookForNewerAfter = '2026-12-01'): Promise<SignedSite> {
  const secret = generateSecretKey();
  const { publicKey } = secret;
  const keys = { threshold: 1, keys: [publicKey] };
  const edition = printEdition({
    campaign: 'garden',
    number: 1,
    date: '2026-05-01',
    lookForNewerAfter,
    previousList: undefined,
    history: undefined,
    keys,
    nextKeys: keys,
    signers: [publicKey.id],
    notice: undefined,
    extensions: [],
  });
  const content: Record<string, string | Buffer> = {
    '404.html': makeRealPage('Not here'),
    [editionFile]: edition,
    [testPages.bare]: makePage('Give'),
    'en/home.html': makeRealPage('Home'),
    'en/index.html': makeRealPage('Start in English'),
    'en/photo.png': makePhoto(),
    [testPages.real]: makeRealPage('Give'),
    'en/ascii.txt': 'Plain words.\n',
    'en/feed.xml': `<?xml version="1.0"?><rss><channel><title>${words}</title></channel></rss>`,
    'en/text.txt': `Plain words <b>and characters</b>. ${words}\n`,
    'index.html': makeRealPage('Garden'),
  };
  const files = new Map(Object.entries(content).map(([path, text]) => [path, Buffer.from(text)]));
  const manifest = Buffer.from(
    printManifest([...files].map(([path, bytes]) => ({ path, hash: hashBytes(bytes) }))),
  );
  files.set(manifestFile, manifest);
  const signature = await signData(secret, manifest, {
    trusted: printSignatureComment({
      campaign: 'garden',
      number: 1,
      editionHash: hashBytes(edition),
      listHash: hashBytes(manifest),
    }),
  });
  files.set(signatureFile(publicKey.id), Buffer.from(signature));
  return { files, key: publicKey };
}

/** A page that nobody has signed: what a host would like readers to see in place of a true one. */
export const foreignPage = [
  '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Give</title></head>',
  '<body><p>For seeds: XX00 MALLORY 0000</p></body></html>',
].join('');

/**
 * A grey square of 8 × 8 as a PNG (ISO/IEC 15948): one byte a pixel, each line after a filter byte.
 */
function makePhoto(): Buffer {
  const header = Buffer.from('000000080000000808000000 00'.replace(/ /g, ''), 'hex');
  const lines = Buffer.concat(
    Array<Buffer>(8).fill(Buffer.concat([Buffer.of(0), Buffer.alloc(8, 0x80)])),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    makeChunk('IHDR', header),
    makeChunk('IDAT', deflateSync(lines)),
    makeChunk('IEND', Buffer.alloc(0)),
  ]);
}

function makeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
