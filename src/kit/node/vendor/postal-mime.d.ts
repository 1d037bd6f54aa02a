/** What the kit uses of postal-mime.js: the tree of a mail, and not what it makes of that. */

export interface MimeHeader {
  /** In small letters. */
  key: string;
  /** Unfolded, its encoded words as they are. */
  value: string;
}

/** A part of a mail; one with `multipart` holds others, a message as content holds its bytes. */
export interface MimeNode {
  headers: MimeHeader[];
  childNodes: MimeNode[];
  contentType: {
    parsed: { value: string; params: Record<string, string> };
    multipart: string | false;
  };
  contentDisposition: { parsed: { value: string; params: Record<string, string> } };
  /** Decoded from its encoding for transfer. */
  content: ArrayBuffer | null;
  /** Its words, in its own encoding and format. */
  getTextContent(): string;
}

export default class PostalMime {
  constructor(options: {
    forceRfc822Attachments: boolean;
    maxNestingDepth: number;
    maxHeadersSize: number;
  });
  readonly root: MimeNode;
  /** @throws Error if a limit is passed */
  parse(bytes: Uint8Array): Promise<{ subject?: string | undefined }>;
}

/** The words of a header's encoded words (RFC 2047). */
export function decodeWords(text: string): string;
