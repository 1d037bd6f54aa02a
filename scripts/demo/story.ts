import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Server } from 'node:http';
import { serveFolder } from '../build/serve.ts';
import { falsify, DemoError, type Workspace } from './workspace.ts';

/** A line of the demonstration. Its kind says how it is shown. */
export interface Line {
  readonly kind: 'title' | 'note' | 'command' | 'output' | 'true' | 'false';
  readonly text: string;
}
export type Show = (kind: Line['kind'], text: string) => void;

/** The page that the false host changes, and what it does there. */
const page = 'en/initiative/rake-club.html';
const change = { from: 'rakes.example', to: 'free-rakes.example' };

/** Two hosts of one site, of which the second is false; they answer until they are closed. */
export interface Hosts {
  readonly addresses: readonly [honest: string, false_: string];
  close(): Promise<void>;
}

/**
 * Plays the whole way of a campaign by the commands that its people use: a key, an edition, a
 * signature, a mirror, a mirror of that mirror, and what a checker says when the second one is
 * changed.
 * @param show is called with each line as soon as it is known
 * @returns the two hosts, which still answer
 * @throws DemoError if a command ends otherwise than it must
 */
export async function playStory(workspace: Workspace, show: Show): Promise<Hosts> {
  const { clone, folder, commit } = workspace;
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    }
  };
  const serve = async (name: string): Promise<string> => {
    const server = await serveFolder(join(folder, name), 0);
    servers.push(server);
    return `http://localhost:${(server.address() as AddressInfo).port}/`;
  };
  /** Runs a command, and shows it with those of its lines that matter. */
  const run = async (
    script: string,
    words: readonly string[],
    patterns: readonly RegExp[],
    expected = 0,
  ): Promise<void> => {
    show('command', ['npm run', script, ...(words.length > 0 ? ['--', ...words] : [])].join(' '));
    const lines = await workspace.run(script, words, expected);
    for (const pattern of patterns) {
      const found = lines.find((line) => pattern.test(line));
      if (found === undefined)
        throw new DemoError(`npm run ${script} did not say ${pattern}, but:\n${lines.join('\n')}`);
      show(
        kindOf(found),
        found.trim().replace(/[0-9a-f]{64}/, (hash) => `${hash.slice(0, 12)}…`),
      );
    }
  };

  try {
    show('title', '1. A key');
    show(
      'note',
      'In a real campaign: three people, three machines, a passphrase each; two have to sign.',
    );
    await run('keygen', ['../keys/anna', '--no-passphrase'], [/^its id is /]);

    show('title', '2. An edition');
    show(
      'note',
      'In a real campaign: editors name the keys in site.yaml, begin an edition, commit.',
    );
    const [, key = ''] = readFileSync(join(folder, 'keys/anna.pub'), 'utf8').split('\n');
    const site = join(clone, 'src/content/site.yaml');
    const named = `keys: { threshold: 1, keys: [${key}] }`;
    writeFileSync(site, `${readFileSync(site, 'utf8')}${named}\n`);
    show('output', `site.yaml: ${named.replace(key, `${key.slice(0, 12)}…`)}`);
    await run('new', ['edition'], [/^edition 1 of /]);
    commit('Begin edition 1');

    show('title', '3. A signature');
    show(
      'note',
      'In a real campaign: each holder builds the commit again, reads what is new, signs.',
    );
    await run('sign', ['--key', '../keys/anna.key', '--yes'], [/^signed by /]);
    commit('Sign edition 1');
    show('note', 'The same commit gives the same bytes, so any build of it carries the signature.');
    await run('build', [], [/^ +edition 1: signed by/]);

    show('title', '4. Two copies');
    show(
      'note',
      'In a real campaign: volunteers anywhere fetch from any copy, and take only a true one.',
    );
    await run('mirror', ['dist', '../first'], [/: edition 1 of .*, authentic/]);
    const honest = await serve('first');
    await run('mirror', [honest, '../second'], [/: edition 1 of .*, authentic/]);
    const dishonest = await serve('second');

    show('title', '5. Is the first one true?');
    show(
      'note',
      'In a real campaign: with the key from a leaflet or a friend, never from the copy itself.',
    );
    await run('verify', [honest], [/: AUTHENTIC$/, /file fits|files fit/]);

    show('title', '6. The second host changes one address');
    show('note', 'In a real campaign: a host that was seized or bribed. Readers notice nothing.');
    falsify(join(folder, 'second', page), change.from, change.to);
    show('output', `second/${page}: ${change.from} → ${change.to}`);
    await run(
      'verify',
      [dishonest],
      [/: TAMPERED$/, /^It is not what was signed/, /rake-club\.html/],
      1,
    );
    show(
      'note',
      'In a real campaign: somebody forwards that page. Next to a true copy, the reason in words:',
    );
    await run(
      'verify',
      [`../second/${page}`, '--against', '../first'],
      [/: TAMPERED$/, /^ +A link leads elsewhere/],
      1,
    );
    return { addresses: [honest, dishonest], close };
  } catch (error) {
    await close();
    throw error;
  }
}

const kindOf = (line: string): Line['kind'] =>
  /: AUTHENTIC$/.test(line) ? 'true' : /: TAMPERED$/.test(line) ? 'false' : 'output';
