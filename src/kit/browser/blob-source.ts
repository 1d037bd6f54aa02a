import { ArchiveError, type ByteSource } from '../core/archive/archive.ts';

/** Ends the reading of whatever is being read, when its user has chosen to stop. */
export type Stop = () => void;

/**
 * A file that somebody chose, as a source of bytes that is never read whole.
 * @param assertGoing throws if its user wants to stop
 */
export const openBlob = (file: File, assertGoing: Stop): ByteSource => ({
  path: file.name,
  size: file.size,
  read: async (offset, length) => {
    assertGoing();
    return readPart(file, offset, length).catch((cause: unknown) => {
      throw new ArchiveError(
        file.name,
        'it cannot be read any more',
        'it to stay as it is',
        undefined,
        cause,
      );
    });
  },
  close: async () => {},
});

/** Fewer bytes than asked for if the file ends before. Throws what the browser does. */
export const readPart = async (file: Blob, offset: number, length: number): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
