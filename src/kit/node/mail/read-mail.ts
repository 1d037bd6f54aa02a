import {
  mailLimits,
  type MailMessage,
  type MailPart,
  type ReadMail,
} from '../../core/mail/mail-parts.ts';
import { UserError } from '../../core/text/user-error.ts';
import PostalMime, { decodeWords, type MimeNode } from '../vendor/postal-mime.js';

/** A mail that is not read: it would cost too much. */
export class MailError extends UserError {
  override readonly name = 'MailError';

  constructor(found: string, expected: string) {
    super(`The mail has ${found}, expected ${expected}. No digest is so.`);
  }
}

/**
 * Takes a mail apart, and the mails that are attached to it. Nothing in it is opened or followed.
 * @param bytes as a program saves it, or the one mail of a mailbox file
 * @throws MailError if it passes one of the limits
 */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  if (bytes.length > mailLimits.maxBytes)
    throw new MailError(`${bytes.length} bytes`, `at most ${mailLimits.maxBytes}`);
  const reader = new MailReader();
  await reader.readMessage(withoutEnvelope(bytes), 0);
  return { messages: reader.messages, parts: reader.parts };
}

/** Without a byte order mark and the line by which mailboxes divide mails (RFC 4155). */
function withoutEnvelope(bytes: Uint8Array): Uint8Array {
  const rest =
    bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  const isEnvelope = [...'From '].every((sign, at) => rest[at] === sign.charCodeAt(0));
  return isEnvelope ? rest.subarray(rest.indexOf(0x0a) + 1) : rest;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) count += Number(byte === 0x0a);
  return count;
}

/** Fields that say how a mail is read, or that readers see. */
const single = new Set([
  'subject',
  'content-type',
  'content-transfer-encoding',
  'content-disposition',
]);

class MailReader {
  readonly messages: MailMessage[] = [];
  readonly parts: MailPart[] = [];

  async readMessage(bytes: Uint8Array, depth: number): Promise<void> {
    if (depth > mailLimits.maxMessageDepth)
      throw new MailError('mails in mails, too deep', `at most ${mailLimits.maxMessageDepth}`);
    // Attack: millions of empty lines keep the parser busy for minutes.
    if (countLines(bytes) > mailLimits.maxLines)
      throw new MailError('too many lines', `at most ${mailLimits.maxLines}`);
    const parser = new PostalMime({
      forceRfc822Attachments: true,
      maxNestingDepth: mailLimits.maxDepth,
      maxHeadersSize: mailLimits.maxHeaderBytes,
    });
    let subject: string | undefined;
    try {
      ({ subject } = await parser.parse(bytes));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('Maximum '))) throw error;
      throw new MailError(
        'parts in parts or headers without end',
        `at most ${mailLimits.maxDepth} levels and ${mailLimits.maxHeaderBytes} bytes of headers`,
      );
    }
    const doubles = new Set<string>();
    const index = this.messages.push({ subject, doubles: [] }) - 1;
    await this.#readNode(parser.root, index, depth, doubles);
    this.messages[index] = { subject, doubles: [...doubles] };
  }

  async #readNode(
    node: MimeNode,
    message: number,
    depth: number,
    doubles: Set<string>,
  ): Promise<void> {
    const keys = new Set<string>();
    for (const { key } of node.headers) {
      if (single.has(key) && keys.has(key)) doubles.add(key);
      keys.add(key);
    }
    for (const child of node.childNodes) await this.#readNode(child, message, depth, doubles);
    const { parsed, multipart } = node.contentType;
    // Without parts of its own it is shown as it is, by some programs.
    if (multipart !== false && node.childNodes.length > 0) return;
    const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0));
    if (parsed.value === 'message/rfc822') return this.readMessage(bytes, depth + 1);
    if (bytes.length === 0) return;
    if (this.parts.length === mailLimits.maxParts)
      throw new MailError('too many parts', `at most ${mailLimits.maxParts}`);
    const disposition = node.contentDisposition.parsed;
    const name = disposition.params['filename'] ?? parsed.params['name'];
    this.parts.push({
      type: parsed.value,
      charset: (parsed.params['charset'] ?? '').toLowerCase(),
      name: name === undefined ? undefined : decodeWords(name),
      isAttached: disposition.value === 'attachment',
      bytes,
      text: /^text\/(?:plain|html)$/.test(parsed.value) ? node.getTextContent() : '',
      message,
    });
  }
}
