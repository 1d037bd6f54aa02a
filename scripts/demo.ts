/**
 * `npm run demo`: a throwaway campaign from its key to a false copy, by the real commands, in a
 * temporary folder.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { project } from './build/project.ts';
import { ask } from './cli/ask.ts';
import { parseWords, runCommand } from './cli/command-line.ts';
import { drawTerminal } from './demo/picture.ts';
import { playStory, type Line, type Show } from './demo/story.ts';
import { makeWorkspace } from './demo/workspace.ts';

const usage = `npm run demo [-- --record]

Plays a campaign from its key to a false copy, by the real commands: a throwaway key, an edition, a signature, two copies on this machine, of which the second changes one address; and what verify says of both. Everything is in a temporary folder, which goes at the end. Nothing is fetched, and this clone is not changed. Of what the commands print it shows the lines that matter.
  --record  draws what it shows into docs/demo.svg, for the README`;

/** A small invented campaign: nobody's real address is changed, not even for a minute. */
const campaign = 'tests/fixtures/garden';

const styles: Record<Line['kind'], Parameters<typeof styleText>[0]> = {
  title: 'bold',
  note: 'gray',
  command: 'cyan',
  output: 'reset',
  true: ['bold', 'green'],
  false: ['bold', 'red'],
};
const indents: Record<Line['kind'], string> = {
  title: '\n',
  note: '   ',
  command: '   $ ',
  output: '     ',
  true: '     ',
  false: '     ',
};
const shown: Line[] = [];
const show: Show = (kind, text) => {
  shown.push({ kind, text });
  console.log(indents[kind] + styleText(styles[kind], text));
};

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    { record: { type: 'boolean' } } as const,
    usage,
    0,
  );
  const stop = new AbortController();
  process.on('SIGINT', () => stop.abort()).on('SIGTERM', () => stop.abort());
  console.log('A small invented campaign, in a temporary folder. Nothing leaves this machine.');
  const workspace = makeWorkspace(campaign, stop.signal);
  try {
    const hosts = await playStory(workspace, show);
    try {
      if (values.record) writeFileSync(join(project, 'docs/demo.svg'), drawTerminal(shown));
      else if (process.stdin.isTTY && process.stdout.isTTY) await look(hosts.addresses);
    } finally {
      await hosts.close();
    }
    return 0;
  } finally {
    workspace.remove();
    console.log('\nThe temporary folder, the key and both copies are gone.');
  }
});

async function look([honest, dishonest]: readonly [string, string]): Promise<void> {
  console.log(`\nLook at both: ${honest}en/initiative/rake-club.html`);
  console.log(`              ${dishonest}en/initiative/rake-club.html`);
  await ask('Enter ends it. ');
}
