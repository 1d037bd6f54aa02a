import { archiveLimits, type ArchiveLimits } from '../archive.ts';

export interface CarLimits extends ArchiveLimits {
  /** Blocks in the file, repeated ones too. */
  blocks: number;
  /** Bytes of one block, without its CID. */
  bytesOfABlock: number;
  /** Links that are followed from the root to the last piece of the last file; a block that is linked twice counts twice. */
  links: number;
  /** Nodes above each other in one file: 1,024 links each, so that two hold a gigabyte. */
  depthOfAFile: number;
}

/** IPFS passes on blocks of up to 2 MiB; the profile `unixfs-v1-2025` makes pieces of 1 MiB. */
export const carLimits: CarLimits = {
  ...archiveLimits,
  blocks: 200_000,
  bytesOfABlock: 2 * 2 ** 20 + 1024,
  links: 200_000,
  depthOfAFile: 8,
};
