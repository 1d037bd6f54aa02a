import type { Fail } from '../archive.ts';

const kindOfFile = 0o170000;
const regular = 0o100000;
const folder = 0o040000;
const dosFolder = 0x10;
const dosLabel = 0x08;

/**
 * Takes plain files and folders only, by the external attributes (APPNOTE 4.4.15): DOS in the low byte, the mode of Unix in the
 * high half. The mode counts whatever system is named as the maker, since some tools believe it anyway.
 * Attack: a link "en" to "/home/reader", after which "en/x" is written there; a device that hangs whoever reads it.
 */
export function checkAttributes(
  attributes: number,
  { name, size, packedSize }: { name: string; size: number; packedSize: number },
  fail: Fail,
): void {
  const isFolder = name.endsWith('/');
  const kind = (attributes >>> 16) & kindOfFile;
  if (kind === 0o120000) fail('a symbolic link', 'plain files and folders');
  if (kind !== 0 && kind !== regular && kind !== folder)
    fail('a device, pipe or socket', 'plain files and folders');
  if (attributes & dosLabel) fail('the name of a disk', 'plain files and folders');
  // Attack: what is a file for one tool is a folder for the next, and hides or takes in what follows.
  const saysFolder = kind === folder || (kind === 0 && (attributes & dosFolder) !== 0);
  const saysFile = kind === regular;
  if (isFolder ? saysFile : saysFolder)
    fail(
      'an entry that is a file by its name and a folder by its attributes, or the other way round',
      'one of both',
    );
  if (isFolder && (size !== 0 || packedSize !== 0))
    fail('a folder with bytes of its own', 'a folder without');
}
