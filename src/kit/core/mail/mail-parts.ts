/** A part of a mail that holds no other parts. */
export interface MailPart {
  /** In small letters, without parameters: `text/plain`. */
  readonly type: string;
  /** As the mail has it, in small letters; empty if it says none. */
  readonly charset: string;
  /** The name of a file; undefined if it has none. A stranger's words. */
  readonly name: string | undefined;
  /** Whether programs show it only to who opens it. */
  readonly isAttached: boolean;
  /** Without its encoding for transfer. */
  readonly bytes: Uint8Array;
  /** Of a text, in its own encoding and format (`format=flowed`); else empty. */
  readonly text: string;
  /** Which message it is of, by its place in `ReadMail.messages`. */
  readonly message: number;
}

/** A mail, or one that is attached to another. */
export interface MailMessage {
  readonly subject: string | undefined;
  /** Fields that it or one of its parts has twice, so that programs take one or the other. */
  readonly doubles: readonly string[];
}

/** A mail taken apart: everything that some program would show of it. */
export interface ReadMail {
  /** The mail itself first. */
  readonly messages: readonly MailMessage[];
  /** Of all messages, in their order. */
  readonly parts: readonly MailPart[];
}

/** More is refused before it is read: a digest has a third of the bytes, and two levels. */
export const mailLimits = {
  maxBytes: 4 * 2 ** 20,
  /** Each costs its parser as much as hundreds of bytes; of base64 there are as many. */
  maxLines: 60_000,
  maxHeaderBytes: 256 * 2 ** 10,
  /** Parts in parts. */
  maxDepth: 16,
  /** Mails in mails. */
  maxMessageDepth: 5,
  maxParts: 200,
} as const;
