import { decodeUtf8, toLatin1 } from '../text/bytes.ts';
import { isBlankAppleDouble } from './apple-double.ts';

/**
 * What systems, disks, drives and programs leave in folders by themselves. A copy with such a file
 * is the same copy, so it is noted and not blamed; a mirror never hands it on. Nobody has signed
 * it, though, so each row bounds its size and what it may hold. Attack: words for readers, or bytes
 * to hide, under a name that checkers pass over.
 */
export interface ByProduct {
  /** Matches paths in the copy; of a folder, all that is below it. */
  readonly path: RegExp;
  /** Part of a sentence. */
  readonly what: string;
  readonly content: Content;
  /**
   * Whether its maker makes it again: a mirror may delete it with the old copy, whatever it holds.
   */
  readonly isRemade?: true;
}

type Content =
  | { readonly is: 'empty' }
  /** Nobody can judge it: always an addition, but named as what it is. */
  | { readonly is: 'unknown' }
  /** @param path of the file */
  | {
      readonly is: 'form';
      readonly maxBytes: number;
      readonly fits: (bytes: Uint8Array, path: string) => boolean;
    }
  /** The same bytes as a file of the list next to it, which the group `name` of the path names. */
  | { readonly is: 'copy' };

const empty: Content = { is: 'empty' };
const unknown: Content = { is: 'unknown' };
const copy: Content = { is: 'copy' };
const form = (maxBytes: number, fits: (bytes: Uint8Array, path: string) => boolean): Content => ({
  is: 'form',
  maxBytes,
  fits,
});
const text = (maxBytes: number, pattern: RegExp): Content =>
  form(maxBytes, (bytes) => pattern.test(toLatin1(bytes)));

/**
 * A format that browsers take for data by its first bytes (MIME Sniffing 7.1: one of them is a
 * binary data byte), in files whose names have no ending by which hosts take them for pages.
 */
const data = (maxBytes: number, start: string): Content =>
  form(maxBytes, (bytes) => toLatin1(bytes.subarray(0, start.length)) === start);

const uuid = '[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}';
/** The names of a folder or file that is anywhere in a copy. */
const named = (names: string): RegExp => new RegExp(`(?:^|/)(?:${names})$`);
const below = (names: string): RegExp => new RegExp(`(?:^|/)(?:${names})/`);

/**
 * Names by the lists of github/gitignore (Global), forms by the sources that are named. The first
 * row whose content fits counts.
 */
export const byProducts = {
  // Windows
  thumbs: {
    path: named('ehthumbs\\.db|ehthumbs_vista\\.db|[Tt]humbs\\.db'),
    what: 'left by Windows: small pictures of the files; delete it',
    content: data(256 * 1024, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), // MS-CFB 2.2
  },
  desktopIni: {
    path: named('[Dd]esktop\\.ini'),
    what: 'left by Windows: how the folder is shown; delete it',
    content: form(1000, isDesktopIni),
  },
  zoneIdentifier: {
    path: /:Zone\.Identifier$/,
    what: 'left by Windows: that the file came from the net; delete it',
    // MS-FSCC 5.6.1; more lines would name the address.
    content: text(40, /^\[ZoneTransfer\]\r\nZoneId=[0-4]\r\n$/),
  },
  indexerVolumeGuid: {
    path: /(?:^|\/)System Volume Information\/IndexerVolumeGuid$/,
    what: 'left by Windows: a number of the disk; delete it',
    content: form(76, (bytes) => new RegExp(`^\\{${uuid}\\}$`).test(fromUtf16(bytes) ?? '')),
  },
  storageSettings: {
    path: /(?:^|\/)System Volume Information\/WPSettings\.dat$/,
    what: 'left by Windows: settings of the disk; delete it',
    content: form(12, (bytes) => bytes.length === 12 && bytes[0] === 12 && bytes[1] === 0),
  },
  windowsFolders: {
    path: below('\\$RECYCLE\\.BIN|System Volume Information|RECYCLER|RECYCLED|FOUND\\.\\d{3}'),
    what: 'left by Windows',
    content: unknown,
  },
  // macOS
  dsStore: {
    path: named('\\.DS_Store'),
    what: 'left by macOS; delete it, since it shows how the folder was looked at',
    content: data(16 * 1024, '\0\0\0\x01Bud1'), // 6,148 bytes in nearly all folders
  },
  appleDouble: {
    path: /(?:^|\/)\._(?!sync_)[^/]+$/,
    what: 'left by macOS on disks and in zips of other systems (AppleDouble); delete it',
    content: form(4096, isBlankAppleDouble),
  },
  macMarks: {
    path: named(
      '\\.localized|\\.metadata_never_index|\\.com\\.apple\\.timemachine\\.donotpresent|Icon\\r|' +
        '\\.fseventsd/no_log|\\.Trashes',
    ),
    what: 'an empty mark of macOS; delete it',
    content: empty,
  },
  fsEvents: {
    path: /(?:^|\/)\.fseventsd\/fseventsd-uuid$/,
    what: 'left by macOS: a number of the disk; delete it',
    content: text(37, new RegExp(`^${uuid}\\n?$`)),
  },
  macFolders: {
    path: below(
      '\\.Spotlight-V100|\\.Trashes|\\.fseventsd|\\.TemporaryItems|\\.DocumentRevisions-V100|' +
        '\\.AppleDB|\\.AppleDesktop|Network Trash Folder|Temporary Items|__MACOSX',
    ),
    what: 'left by macOS',
    content: unknown,
  },
  macFiles: {
    path: named('\\.apdisk|\\.VolumeIcon\\.icns'),
    what: 'left by macOS',
    content: unknown,
  },
  // Desktops on Linux
  kdeDirectory: {
    path: named('\\.directory'),
    what: 'left by KDE: how the folder is shown; delete it',
    content: text(
      500,
      /^(?:\[(?:Dolphin|Settings)\]\n|(?:Timestamp|Version|ViewMode|SortRole|SortOrder|HiddenFilesShown)=[\d,.a-z]{0,30}\n|\n)+$/,
    ),
  },
  gnomeHidden: {
    path: named('\\.hidden'),
    what: 'left by GNOME: which files it hides; delete it',
    // Names that systems give, and no others: others could be words.
    content: text(500, /^(?:(?:lost\+found|\$RECYCLE\.BIN|System Volume Information)\n)+$/),
  },
  trash: { path: below('\\.Trash-\\d+|\\.Trash'), what: 'left by a desktop', content: unknown },
  lostFound: { path: below('lost\\+found'), what: 'left by a disk of Linux', content: unknown },
  openFiles: {
    path: named('\\.nfs[0-9a-f]{8,}|\\.fuse_hidden[0-9a-f]+'),
    what: 'left by a network drive: a deleted file that a program still has open',
    content: unknown,
  },
  // Network drives; their folders are made again on each change
  synology: {
    path: below('@eaDir'),
    what: 'left by a Synology drive',
    content: unknown,
    isRemade: true,
  },
  synologyBins: {
    path: below('#recycle|#snapshot|@tmp'),
    what: 'left by a Synology drive',
    content: unknown,
  },
  qnap: {
    path: below('\\.@__thumb|\\.@__desc'),
    what: 'left by a QNAP drive',
    content: unknown,
    isRemade: true,
  },
  qnapBins: {
    path: below('@Recycle|@Recently-Snapshot|\\.@upload_cache'),
    what: 'left by a QNAP drive',
    content: unknown,
  },
  netatalk: {
    path: below('\\.AppleDouble'),
    what: 'left by a network drive for macOS',
    content: unknown,
    isRemade: true,
  },
  // Phones
  phoneMarks: {
    path: named('\\.nomedia'),
    what: 'an empty mark of a phone; delete it',
    content: empty,
  },
  thumbnailsNumber: {
    path: /(?:^|\/)\.thumbnails\/\.database_uuid$/,
    what: 'left by Android: a number of its list of media; delete it',
    content: text(36, new RegExp(`^${uuid}$`)),
  },
  androidFiles: {
    path: named('\\.(?:trashed|pending)-\\d+-[^/]+'),
    what: 'left by Android: a file that was deleted, or has not come whole',
    content: unknown,
  },
  phoneFolders: {
    path: below('\\.thumbnails|LOST\\.DIR|Android'),
    what: 'left by a phone',
    content: unknown,
  },
  // Programs that keep folders the same on several machines
  syncMarks: {
    path: named('\\.stfolder|\\.stfolder/syncthing-folder-[0-9a-f]{6}\\.txt|\\.keep|\\.gitkeep'),
    what: 'an empty mark of a program that syncs folders; delete it',
    content: empty,
  },
  syncFolders: {
    path: below(
      '\\.stfolder|\\.stversions|\\.sync|\\.dropbox\\.cache|\\.tmp\\.drive(?:up|down)load',
    ),
    what: 'left by a program that syncs folders',
    content: unknown,
  },
  syncFiles: {
    path: named(
      '\\.dropbox|\\.dropbox\\.attr|\\.stignore|\\.owncloudsync\\.log|\\._?sync_[0-9a-f]+\\.db(?:-shm|-wal)?',
    ),
    what: 'left by a program that syncs folders',
    content: unknown,
  },
  syncParts: {
    path: /(?:^|\/)(?:\.syncthing\.|~syncthing~)(?<name>[^/]+)\.tmp$/,
    what: 'left by Syncthing: a file that had just come; delete it',
    content: copy,
  },
  versions: {
    path: below('\\.git|\\.svn|\\.hg'),
    what: 'left by a program for versions: it can name people; publish the site without it',
    content: unknown,
  },
  // Transfers that were broken off behind the last byte
  rsyncParts: {
    path: /(?:^|\/)\.(?<name>[^/]+)\.[A-Za-z0-9]{6}$/,
    what: 'left by rsync: a file that had just come; delete it',
    content: copy,
  },
  otherParts: {
    path: /(?:^|\/)(?<name>[^/]+)\.(?:part|partial|filepart|crdownload|download)$/,
    what: 'left by a program that loads files; delete it',
    content: copy,
  },
  rsyncFolders: {
    path: below('\\.~tmp~|\\.rsync-partial'),
    what: 'left by rsync',
    content: unknown,
  },
  // Editors
  backups: {
    path: /(?:^|\/)(?:(?<name>[^/]+)(?:~|\.bak|\.orig)|#(?<inside>[^/]+)#)$/,
    what: 'left by an editor: the same file once more; delete it',
    content: copy,
  },
  vimTest: { path: named('4913'), what: 'left by Vim; delete it', content: empty },
  vimSwap: {
    path: named('\\.[^/]+\\.sw[a-p]'),
    what: 'left by Vim: it names a person and a machine',
    content: unknown,
  },
  officeLocks: {
    path: named('\\.~lock\\.[^/]+#|~\\$[^/]+'),
    what: 'left by an office program: it names a person',
    content: unknown,
  },
} as const satisfies Record<string, ByProduct>;

export type ByProductName = keyof typeof byProducts;

const rows: readonly ByProduct[] = Object.values(byProducts);

/** The rows for a path; for a folder, with a slash at its end. */
export const findByProducts = (path: string): readonly ByProduct[] =>
  rows.filter((row) => row.path.test(path));

/**
 * Keys whose values are numbers or places of Windows itself. Attack: an icon at \\host\share, for
 * which Windows sends the reader's name and password to that host; an InfoTip with words; a folder
 * that is shown as another thing.
 */
function isDesktopIni(bytes: Uint8Array, path: string): boolean {
  const lines = (fromUtf16(bytes) ?? toLatin1(bytes)).split(/\r?\n/);
  const line =
    /^(?:\[(?:\.ShellClassInfo|ViewState|LocalizedFileNames)\]|(?:ConfirmFileOp|NoSharing|IconIndex|Mode)=\d{1,3}|(?:Vid|FolderType)=(?:\{[\dA-F-]{0,36}\}|Generic|Documents|Pictures|Music|Videos)?|(?:IconResource|IconFile|LocalizedResourceName)=@?%SystemRoot%\\[\w\\]{1,40}\.(?:dll|exe)(?:,-?\d{1,6})?|)$/i;
  const isBin = /(?:^|\/)(?:\$RECYCLE\.BIN|RECYCLER)\//.test(path);
  const recycleBin = 'CLSID={645FF040-5081-101B-9F08-00AA002F954E}';
  return lines.every((each) => line.test(each) || (isBin && each === recycleBin));
}

/** The text of UTF-16, little end first, with a byte order mark or without; else undefined. */
function fromUtf16(bytes: Uint8Array): string | undefined {
  const isMarked = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isAscii = bytes.every((byte, at) => at % 2 === 0 || byte === 0 || (isMarked && at === 1));
  if (bytes.length < 2 || bytes.length % 2 !== 0 || !isAscii) return undefined;
  return decodeUtf8(bytes.filter((_, at) => at % 2 === 0 && !(isMarked && at === 0)));
}
