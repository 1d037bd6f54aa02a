import type { Edition } from '../../src/kit/core/edition/edition.ts';
import { printSignatureComment } from '../../src/kit/core/edition/edition-files.ts';
import { describeSigned } from '../../src/kit/node/edition/edition-folder.ts';

/** The trusted comment that each signature of an edition has. @param list its `SHA256SUMS` */
export const commentOf = (edition: Edition, list: Uint8Array): string =>
  printSignatureComment(describeSigned(edition, list));
