/** A copy of a site that is to be checked: a folder, an archive, or an address. */
export interface SiteCopy {
  readonly kind: 'folder' | 'zip' | 'car' | 'web';
  /** As its user called it, for sentences. */
  readonly name: string;
  /** Paths of all files; undefined where nobody can list them: over HTTP. */
  readonly paths: ReadonlySet<string> | undefined;
  /** The whole bytes of a file; undefined if it is not there. Throws CopyError if it has more than `mostBytes`, or cannot be read. */
  read: (path: string, mostBytes: number) => Promise<Buffer | undefined>;
  /** The SHA-256 of a file, 64 hexadecimal digits in small letters; undefined if it is not there. Throws CopyError. */
  hash: (path: string) => Promise<string | undefined>;
  /** The bytes of a file in order, in pieces, in bounded memory; undefined if it is not there. Iterating throws CopyError. */
  open: (path: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
  close: () => Promise<void>;
}
