import { compareBytes, concatBytes, encodeUtf8, fromLatin1, toLatin1 } from '../../text/bytes.ts';
import type { Platform } from '../../platform.ts';
import type { ArchiveEntry } from '../archive.ts';
import { dagPb, keyOfHash, raw, writeCid } from './blocks.ts';

/** Bytes of each piece of a file but the last, by the profile `unixfs-v1-2025` (IPIP-499). */
export const bytesOfAPiece = 2 ** 20;

/** A file that is cut into pieces, with the key of the CID of each. */
export interface CutFile {
  readonly path: string;
  readonly size: number;
  readonly pieces: readonly { readonly key: string; readonly length: number }[];
}

/** A block as it has to be. */
export interface Node {
  readonly key: string;
  /** Its bytes and those of all blocks below it, each as often as it is linked ("Tsize"). */
  readonly weight: number;
  readonly below: readonly Node[];
}

/**
 * The CID that files have as a folder on IPFS, by the profile `unixfs-v1-2025` (docs/spec.md, D-4):
 * whoever adds the same files by it gets the same one. Reads each file once, a piece at a time.
 * @returns as text (`bafy…`)
 * @throws ArchiveError if a file cannot be read
 */
export async function findFolderCid(
  entries: readonly ArchiveEntry[],
  platform: Platform,
): Promise<string> {
  const files: CutFile[] = [];
  for (const entry of entries) files.push(await cutFile(entry, platform));
  return writeCid(await makeFolder(files, '', platform));
}

async function cutFile({ path, open }: ArchiveEntry, platform: Platform): Promise<CutFile> {
  const pieces: { key: string; length: number }[] = [];
  let [sum, length, size] = [platform.sha256(), 0, 0];
  const end = async (): Promise<void> => {
    pieces.push({ key: keyOfHash(raw, toLatin1(await sum.digest())), length });
    [sum, length, size] = [platform.sha256(), 0, size + length];
  };
  for await (const part of open())
    for (let at = 0; at < part.length;) {
      const taken = part.subarray(at, at + bytesOfAPiece - length);
      sum.update(taken);
      length += taken.length;
      at += taken.length;
      if (length === bytesOfAPiece) await end();
    }
  if (length > 0 || pieces.length === 0) await end(); // an empty file is one empty piece
  return { path, size, pieces };
}

/** The node of a folder. @param above its path with a slash at its end, or nothing */
export async function makeFolder(
  files: readonly CutFile[],
  above: string,
  platform: Platform,
): Promise<Node> {
  const byName = new Map<string, CutFile[]>();
  for (const file of files) {
    const [name = ''] = file.path.slice(above.length).split('/', 1);
    const inside = byName.get(name);
    if (inside) inside.push(file);
    else byName.set(name, [file]);
  }
  const links: [name: string, node: Node][] = [];
  for (const name of [...byName.keys()].sort(compareBytes)) {
    const inside = byName.get(name) ?? [];
    const [file] = inside;
    const isFile = file?.path === above + name;
    links.push([
      name,
      isFile
        ? await makeFile(file, platform)
        : await makeFolder(inside, `${above}${name}/`, platform),
    ]);
  }
  return makeNode(links, numberField(typeField, folder), platform);
}

async function makeFile({ size, pieces }: CutFile, platform: Platform): Promise<Node> {
  const leaves = pieces.map(({ key, length }): Node => ({ key, weight: length, below: [] }));
  const [only] = leaves;
  if (only && leaves.length === 1) return only;
  const data = [
    numberField(typeField, file),
    numberField(sizeField, size),
    ...leaves.map(({ weight }) => numberField(pieceField, weight)),
  ];
  return makeNode(
    leaves.map((leaf) => ['', leaf]),
    concatBytes(...data),
    platform,
  );
}

/** Encodes a node of dag-pb in its only form: links, then data; of each link CID, name, weight. */
async function makeNode(
  links: readonly (readonly [name: string, node: Node])[],
  data: Uint8Array,
  { sha256 }: Platform,
): Promise<Node> {
  const bytes = concatBytes(
    ...links.map(([name, { key, weight }]) =>
      bytesField(
        2,
        concatBytes(
          bytesField(1, fromLatin1(key)),
          bytesField(2, encodeUtf8(name)),
          numberField(3, weight),
        ),
      ),
    ),
    bytesField(1, data),
  );
  const hash = sha256();
  hash.update(bytes);
  const below = links.map(([, node]) => node);
  return {
    key: keyOfHash(dagPb, toLatin1(await hash.digest())),
    weight: below.reduce((sum, { weight }) => sum + weight, bytes.length),
    below,
  };
}

const [typeField, sizeField, pieceField] = [1, 3, 4];
const [folder, file] = [1, 2];

/** A number of a message of protocol buffers. */
const numberField = (number: number, value: number): Uint8Array =>
  Uint8Array.of(number * 8, ...printVarint(value));

/** Bytes, a text or a message inside of one. */
const bytesField = (number: number, value: Uint8Array): Uint8Array =>
  concatBytes(Uint8Array.of(number * 8 + 2, ...printVarint(value.length)), value);

function printVarint(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) + 0x80);
  return [...bytes, value];
}
