import { importFolder, type ImportedFolder } from '../../scripts/conformance/hosts/import-folder.ts';
import type { CarWriter } from '../../scripts/conformance/node_modules/@ipld/car/dist/src/index.d.ts';
import type { decode } from '../../scripts/conformance/node_modules/@ipld/dag-pb/dist/src/index.d.ts';

type Address = ImportedFolder['cid'];

/** A package of the lab, which tests beside it do not find by name. */
const load = (name: string): Promise<unknown> => import(new URL(`../../scripts/conformance/node_modules/${name}/src/index.js`, import.meta.url).href);
const dagPb = 0x70;

/** A folder as a CAR, depth first from the root, made by the libraries of IPFS. */
export async function exportCar(folder: string): Promise<{ root: string; car: Buffer }> {
  const libraries = await Promise.all([load('@ipld/car'), load('@ipld/dag-pb')]);
  const [car, node] = libraries as [{ CarWriter: typeof CarWriter }, { decode: typeof decode }];
  const { cid, blocks } = await importFolder(folder);
  const { writer, out } = car.CarWriter.create([cid]);
  const written = collect(out);
  const seen = new Set<string>();
  const put = async (address: Address): Promise<void> => {
    if (seen.has(address.toString())) return;
    seen.add(address.toString());
    const bytes = await collect(blocks.get(address));
    await writer.put({ cid: address, bytes });
    if (address.code === dagPb) for (const link of node.decode(bytes).Links) await put(link.Hash);
  };
  await put(cid);
  await writer.close();
  return { root: cid.toString(), car: await written };
}

async function collect(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
