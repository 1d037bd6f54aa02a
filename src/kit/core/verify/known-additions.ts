import { decodeUtf8, toLatin1 } from '../text/bytes.ts';

/**
 * Files that hosts and systems put next to a site by themselves, and how to tell that they are no
 * more than that. Nobody has signed them, so each is bounded in size, and in content as far as its
 * form allows. Attack: words, or bytes to hide, under the name of something that checkers pass
 * over.
 */
export interface KnownAddition {
  readonly path: RegExp;
  /** For notes: "the name of the site, for GitHub Pages". */
  readonly what: string;
  readonly maxBytes: number;
  /** @param paths of the manifest */
  readonly isWhatItShouldBe: (bytes: Uint8Array, paths: Iterable<string>) => boolean;
  /** Whether a mirror keeps it for its host. */
  readonly isOfHost?: true;
}

const isEmpty = (bytes: Uint8Array): boolean => bytes.length === 0;
const startsWith =
  (start: string) =>
  (bytes: Uint8Array): boolean =>
    toLatin1(bytes.subarray(0, start.length)) === start;

export const knownAdditions: readonly KnownAddition[] = [
  {
    path: /^robots\.txt$/,
    what: 'rules for search engines',
    maxBytes: 2000,
    isWhatItShouldBe: isRobots,
    isOfHost: true,
  },
  {
    path: /^CNAME$/,
    what: 'the name of the site, for GitHub Pages',
    maxBytes: 254,
    isWhatItShouldBe: (bytes) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\r?\n?$/i.test(toLatin1(bytes)),
    isOfHost: true,
  },
  {
    path: /^\.nojekyll$/,
    what: 'a mark for GitHub Pages',
    maxBytes: 0,
    isWhatItShouldBe: isEmpty,
    isOfHost: true,
  },
  {
    path: /(?:^|\/)\.DS_Store$/,
    what: 'left by macOS; delete it, it tells how the folder was looked at',
    maxBytes: 16 * 1024, // 6,148 bytes in nearly all folders
    isWhatItShouldBe: startsWith('\0\0\0\x01Bud1'),
  },
  {
    path: /^(?:__MACOSX\/)?(?:[^/]+\/)*\._[^/]+$/,
    what: 'left by macOS on disks of other systems (AppleDouble); delete it',
    maxBytes: 4096,
    isWhatItShouldBe: startsWith('\x00\x05\x16\x07'),
  },
  {
    path: /(?:^|\/)(?:ehthumbs|ehthumbs_vista|[Tt]humbs)\.db$/,
    what: 'left by Windows: small pictures of the files; delete it',
    maxBytes: 256 * 1024,
    isWhatItShouldBe: startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
  },
  {
    path: /(?:^|\/)[Dd]esktop\.ini$/,
    what: 'left by Windows: how the folder is shown; delete it',
    maxBytes: 1000,
    isWhatItShouldBe: isDesktopIni,
  },
  {
    path: /(?:^|\/)(?:\.nomedia|\.localized|\.metadata_never_index|\.stfolder|\.keep|\.gitkeep)$/,
    what: 'an empty mark of a phone, a system or a program that syncs folders; delete it',
    maxBytes: 0,
    isWhatItShouldBe: isEmpty,
  },
  {
    path: /(?:^|\/)\.directory$/,
    what: 'left by KDE: how the folder is shown; delete it',
    maxBytes: 500,
    isWhatItShouldBe: (bytes) =>
      /^(?:\[(?:Dolphin|Settings)\]\n|(?:Timestamp|Version|ViewMode|SortRole|SortOrder|HiddenFilesShown)=[\d,.a-z]{0,30}\n|\n)+$/.test(
        toLatin1(bytes),
      ),
  },
];

/**
 * No comments: nobody but readers would read them. Paths are those of the site: others could be
 * words, and "Sitemap" a link.
 */
function isRobots(bytes: Uint8Array, paths: Iterable<string>): boolean {
  const known = [...paths].map((path) => `/${path}`);
  const lines = (decodeUtf8(bytes) ?? '?').split(/\r?\n/);
  return lines.every((line) => {
    const [, name = '', value = ''] = /^[ \t]*([a-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/i.exec(line) ?? [];
    if (/^[ \t]*$/.test(line)) return true;
    if (/^user-agent$/i.test(name)) return /^(?:\*|[a-z][a-z-]{0,24})$/i.test(value);
    if (/^crawl-delay$/i.test(name)) return /^\d{1,5}$/.test(value);
    if (!/^(?:allow|disallow)$/i.test(name)) return false;
    return /^\/?\*?$/.test(value) || known.some((path) => path.startsWith(value));
  });
}

/**
 * Keys whose values are numbers or places of Windows itself. Attack: an icon at \\host\share, for
 * which Windows sends the reader's name and password to that host; an InfoTip with words.
 */
function isDesktopIni(bytes: Uint8Array): boolean {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = isWide ? toLatin1(bytes.filter((_, at) => at > 1 && at % 2 === 0)) : toLatin1(bytes);
  if (isWide && bytes.some((byte, at) => at > 1 && at % 2 === 1 && byte !== 0)) return false;
  const line =
    /^(?:\[(?:\.ShellClassInfo|ViewState|LocalizedFileNames)\]|(?:ConfirmFileOp|NoSharing|IconIndex|Mode)=\d{1,3}|(?:Vid|FolderType)=(?:\{[\dA-F-]{0,36}\}|Generic|Documents|Pictures|Music|Videos)?|(?:IconResource|IconFile|LocalizedResourceName)=@?%SystemRoot%\\[\w\\]{1,40}\.(?:dll|exe)(?:,-?\d{1,6})?|)$/i;
  return text.split(/\r?\n/).every((each) => line.test(each));
}

/**
 * Folders that systems, network drives and programs keep for themselves. What is in them nobody can
 * judge, so they are named as what they are, and are additions all the same: a site is published
 * without them.
 */
const systemFolders: readonly [path: RegExp, what: string][] = [
  [/(?:^|\/)(?:@eaDir|#recycle|#snapshot)\//, 'left by a Synology drive'],
  [/(?:^|\/)(?:\.@__thumb|@Recycle|@Recently-Snapshot)\//, 'left by a QNAP drive'],
  [/(?:^|\/)(?:\$RECYCLE\.BIN|System Volume Information|RECYCLER)\//, 'left by Windows'],
  [
    /(?:^|\/)(?:\.Spotlight-V100|\.Trashes|\.fseventsd|\.TemporaryItems|\.AppleDouble|\.AppleDB)\//,
    'left by macOS',
  ],
  [/(?:^|\/)(?:\.Trash-\d+|lost\+found)\//, 'left by Linux'],
  [/(?:^|\/)(?:\.thumbnails|\.trashed-[^/]*|LOST\.DIR|Android)(?:\/|$)/, 'left by a phone'],
  [/(?:^|\/)(?:\.nfs[0-9a-f]{8,}|\.fuse_hidden[0-9a-f]+)$/, 'left by a network drive'],
  [/(?:^|\/)(?:\.stversions|\.sync|\.dropbox\.cache)\//, 'left by a program that syncs folders'],
  [
    /(?:^|\/)(?:\.dropbox|\.dropbox\.attr|\.apdisk|\.VolumeIcon\.icns|Icon\r)$/,
    'left by macOS or Dropbox',
  ],
  [/:Zone\.Identifier$/, 'left by Windows: where the file was loaded from'],
];

/** Whose a file is that no manifest has, in words; undefined where nobody knows. */
export const findMaker = (path: string): string | undefined =>
  systemFolders.find(([pattern]) => pattern.test(path))?.[1];

/**
 * Folders of systems that may be empty, or closed to who checks: nothing is in them that a reader
 * could be shown.
 */
export const isSystemFolder = (path: string): boolean => findMaker(`${path}/`) !== undefined;

/** Ready settings of the site, under the names that hosts want: a copy of this file of the list. */
export const hostingCopies: ReadonlyMap<string, string> = new Map([
  ['_headers', 'hosting/headers.txt'],
  ['.htaccess', 'hosting/apache.txt'],
  ['Caddyfile', 'hosting/caddy.txt'],
  ['nginx.conf', 'hosting/nginx.txt'],
]);
