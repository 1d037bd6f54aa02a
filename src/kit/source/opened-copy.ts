import type { SiteCopy } from './site-copy.ts';
import type { WebCopy } from './web-copy.ts';

/** Something in a copy that is no plain file. */
export interface Oddity {
  readonly path: string;
  /** As part of a sentence: "a symbolic link". */
  readonly what: string;
  /** It can show nobody anything. */
  readonly harmless?: boolean;
}

export interface OpenedCopy {
  readonly copy: SiteCopy;
  readonly oddities: readonly Oddity[];
  /** The same copy where it is at an address: there is more to ask. */
  readonly web?: WebCopy;
  /** The CID of a CAR. */
  readonly root?: string;
}
