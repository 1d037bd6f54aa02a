import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram } from '../process.ts';
import { readerEnvironment, runReader } from './run-reader.ts';
import type { FeedReader, SeenItem } from './feed-reader.ts';

/**
 * A message bus that starts nothing by itself: desktop services would mount folders and outlive the
 * lab.
 */
const busSettings = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
`;

/** Asked again and again, since the first answers come before it has read its list of feeds. */
const refreshing = `liferea --debug-net --debug-update &
while sleep 3; do
  gdbus call --session --dest org.gnome.feed.Reader --object-path /org/gnome/feed/Reader \\
    --method org.gnome.feed.Reader.Refresh
done`;

const formatOf = (address: string): 'rss' | 'atom' | 'json' =>
  address.endsWith('.json') ? 'json' : address.includes('atom') ? 'atom' : 'rss';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/**
 * A reader with windows, on a display that nobody sees; what it holds is read from its database.
 */
export const liferea: FeedReader = {
  name: 'Liferea',
  needs: [
    { command: 'liferea', debian: 'liferea' },
    { command: 'xvfb-run', debian: 'xvfb' },
    { command: 'dbus-run-session', debian: 'dbus-daemon' },
    { command: 'gdbus', debian: 'libglib2.0-bin' },
  ],
  limits: {
    atomLinks: 'Liferea leaves out links that are relative',
    noJson: 'Liferea 1.14 shows nothing of a JSON Feed',
  },
  start: async (scratch) => {
    const folder = join(scratch, 'liferea');
    mkdirSync(folder);
    const bus = join(scratch, 'bus.conf');
    writeFileSync(bus, busSettings);
    const database = join(folder, 'liferea.db');
    const version = await runReader('xvfb-run', ['-a', 'liferea', '--version'], scratch);
    let feeds: readonly string[] = [];
    return {
      version: version.trim().split('\n').at(-1) ?? 'Liferea',
      subscribe: async (addresses) => {
        feeds = addresses;
        const outlines = addresses.map(
          (address) =>
            `<outline text="feed" type="${formatOf(address)}" id="${`${formatOf(address)}feed`.slice(0, 7)}" xmlUrl="${escape(address)}"/>`,
        );
        writeFileSync(
          join(folder, 'feedlist.opml'),
          `<?xml version="1.0"?>\n<opml version="1.0"><head><title>Feeds</title></head><body>\n${outlines.join('\n')}\n</body></opml>\n`,
        );
      },
      fetch: async () => {
        const hasAsked = (output: string) =>
          feeds.every((address) => output.includes(`>>>${address}<<<`));
        const program = await startProgram(
          'xvfb-run',
          ['-a', 'dbus-run-session', `--config-file=${bus}`, '--', 'sh', '-c', refreshing],
          hasAsked,
          {
            cwd: scratch,
            env: {
              ...readerEnvironment(scratch),
              XDG_RUNTIME_DIR: scratch,
              GSETTINGS_BACKEND: 'memory',
              GIO_USE_NETWORK_MONITOR: 'base',
              NO_AT_BRIDGE: '1',
            },
            seconds: 90,
          },
        );
        await wait(3000); // it has the bytes, and parses them in its own time
        await program.stop();
      },
      takeNew: async () => {
        if (!existsSync(database)) return [];
        const opened = new DatabaseSync(database);
        try {
          const items = opened
            .prepare('SELECT source_id AS id, source AS link FROM items WHERE read = 0')
            .all();
          opened.exec('UPDATE items SET read = 1');
          return items.map(({ id, link }): SeenItem => ({
            id: String(id),
            link: link === null ? '' : String(link),
          }));
        } finally {
          opened.close();
        }
      },
    };
  },
};
