import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { editionFile } from '../../../src/kit/core/edition/edition-files.ts';
import { packCar } from '../../../src/kit/node/edition/write-manifest.ts';
import { UsageError } from '../../cli/command-line.ts';
import { checkHead } from '../check-place.ts';
import type { Engine, Place, Work } from '../place.ts';
import { PlaceError } from '../place-error.ts';
import type { Publication } from '../publication.ts';
import { askKubo, requireKubo } from './kubo-rpc.ts';

const usual = 'http://127.0.0.1:5001';

/** Nodes of IPFS that hold the edition, and a name of IPNS that leads to it. */
export const ipfsEngine: Engine = {
  scheme: 'ipfs:',
  usage: [
    `ipfs:[NODE,…][#KEY]     nodes of IPFS (Kubo), by their RPC (${usual} if none is named);`,
    '                        #KEY points the name of that key (IPNS) to the edition',
  ],
  open(rest) {
    const [list = '', key] = rest.split('#');
    const nodes = (list === '' ? usual : list).split(',').map((node) => node.replace(/\/$/, ''));
    for (const node of nodes) checkNode(node);
    if (key !== undefined && !/^[\w.-]+$/.test(key))
      throw new UsageError(
        `ipfs:${rest} has the key “${key}”, expected a name of “ipfs key list”.`,
      );
    return {
      name: `${nodes.join(', ')}${key === undefined ? '' : `, name of the key ${key}`}`,
      prepare: (publication) => prepare(nodes, key, publication),
    } satisfies Place;
  },
};

/** Attack: whoever reaches the RPC of a node owns it; over the net it goes by TLS or not at all. */
function checkNode(node: string): void {
  const { protocol = '', hostname = '' } = URL.canParse(node) ? new URL(node) : {};
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isHere)) return;
  throw new UsageError(
    `The node ${node} has to be https://… or on this machine, as ${usual} is. Reach another machine through a tunnel: ssh -L 5001:127.0.0.1:5001 HOST`,
  );
}

async function prepare(
  nodes: readonly string[],
  key: string | undefined,
  { folder, scratch, build }: Publication,
): Promise<Work> {
  // Nodes take a CAR, and most sites have none in download/: it has every byte once more.
  const car = join(scratch, 'site.car');
  const cid = await packCar(folder, car);
  const missing: string[] = [];
  for (const node of nodes) {
    const pinned = await askKubo(node, 'pin/ls', { arg: cid, type: 'recursive' });
    if (!pinned.ok) missing.push(node);
  }
  const [first = usual] = nodes;
  const name = key === undefined ? undefined : await findName(first, key);
  const there = name === undefined ? undefined : await resolve(first, name);
  if (there !== undefined && there !== `/ipfs/${cid}`) {
    const head = await askKubo(first, 'cat', { arg: `${there}/${editionFile}` }, { seconds: 30 });
    if (head.ok) checkHead(`ipns://${name}`, Buffer.from(head.body), build);
  }
  const isNamed = name === undefined || there === `/ipfs/${cid}`;
  return {
    lines: [
      ...missing.map((node) => `${node}: import and pin ${cid}`),
      ...(isNamed ? [] : [`ipns://${name}: leads to ${cid}`]),
    ],
    cid,
    notes: [
      'A node shows the network its address and what it holds; editions from before stay pinned.',
    ],
    run: async (report) => {
      const file = new Blob([readFileSync(car)]);
      for (const node of missing) {
        report(`${node}: importing ${cid}`);
        const answer = await requireKubo(
          node,
          'dag/import',
          { 'pin-roots': 'true' },
          { file, seconds: 600 },
        );
        checkImport(node, answer, cid);
      }
      // The name last: it never leads to what no node has.
      if (name !== undefined && key !== undefined && !isNamed) {
        report(`ipns://${name}: publishing, which takes a minute or two`);
        await requireKubo(
          first,
          'name/publish',
          { arg: `/ipfs/${cid}`, key, 'allow-offline': 'true' },
          { seconds: 300 },
        );
      }
      return [`ipfs://${cid}`, ...(name === undefined ? [] : [`ipns://${name}`])];
    },
  };
}

const importSchema = z.object({
  Root: z.object({ Cid: z.object({ '/': z.string() }), PinErrorMsg: z.string() }).optional(),
});

/** A line of JSON for each root that was pinned. */
function checkImport(node: string, answer: string, cid: string): void {
  const roots = answer
    .trim()
    .split('\n')
    .flatMap((line) => importSchema.parse(JSON.parse(line)).Root ?? []);
  const isPinned = roots.some((root) => root.Cid['/'] === cid && root.PinErrorMsg === '');
  if (!isPinned)
    throw new PlaceError(`The node ${node} has imported the CAR, but not pinned ${cid}.`);
}

const keysSchema = z.object({ Keys: z.array(z.object({ Name: z.string(), Id: z.string() })) });

async function findName(node: string, key: string): Promise<string> {
  const { Keys } = keysSchema.parse(JSON.parse(await requireKubo(node, 'key/list', {})));
  const name = Keys.find(({ Name }) => Name === key)?.Id;
  if (name !== undefined) return name;
  throw new PlaceError(
    `The node ${node} has no key “${key}”. Make it once (ipfs key gen ${key}), and keep a copy: whoever has it moves the name.`,
  );
}

const pathSchema = z.object({ Path: z.string() });

/** Where a name leads now; undefined if nowhere, or nobody knows. */
async function resolve(node: string, name: string): Promise<string | undefined> {
  const parameters = { arg: name, nocache: 'true', 'dht-timeout': '15s' };
  const answer = await askKubo(node, 'name/resolve', parameters);
  return answer.ok ? pathSchema.parse(JSON.parse(answer.body)).Path : undefined;
}
