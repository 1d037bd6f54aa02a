import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveHere, UsageError } from '../../cli/command-line.ts';
import { openFolderPlace } from '../folder-engine.ts';
import type { Engine, Place, Work } from '../place.ts';
import { PlaceError } from '../place-error.ts';
import type { Publication } from '../publication.ts';
import { originalSettings, plainPath, printOnionSettings } from './onion-settings.ts';

/** A folder of this machine with all that makes an onion service of it. */
export const onionEngine: Engine = {
  scheme: 'onion:',
  usage: ['onion:FOLDER            a folder, with settings for Caddy, tor and systemd next to it'],
  open(rest) {
    const folder = resolveHere(rest);
    if (rest === '' || !plainPath.test(folder))
      throw new UsageError(
        `onion:${rest}: expected a folder whose path has letters, digits and ./_- only, since Caddy, tor and systemd each quote the rest in their own way.`,
      );
    return openOnionPlace(folder);
  },
};

const openOnionPlace = (folder: string): Place => ({
  name: folder,
  prepare: (publication) => prepare(folder, publication),
});

async function prepare(folder: string, publication: Publication): Promise<Work> {
  if (!publication.files.has(originalSettings))
    throw new PlaceError(
      `The site has no ${originalSettings}, of which the settings are made. Build it again: npm run build`,
    );
  const original = readFileSync(join(publication.folder, originalSettings), 'utf8');
  const settings = Object.entries(printOnionSettings(folder, original));
  const missing = settings.filter(([name]) => !existsSync(join(folder, name)));
  const others = settings.filter(
    ([name, text]) =>
      existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') !== text,
  );
  const site = await openFolderPlace(join(folder, 'site')).prepare(publication);
  return {
    lines: [...site.lines, ...missing.map(([name]) => `settings: ${name}`)],
    notes: [
      ...site.notes,
      ...others.map(
        ([name]) => `${name} is another one than would be written now, and stays as it is.`,
      ),
    ],
    run: async (report) => {
      mkdirSync(folder, { recursive: true });
      const lines = site.lines.length > 0 ? await site.run(report) : [];
      // tor refuses a folder that others may read: the key to the address is in it.
      mkdirSync(join(folder, 'tor'), { recursive: true, mode: 0o700 });
      for (const [name, text] of missing) writeFileSync(join(folder, name), text, { flag: 'wx' });
      return [
        ...lines,
        ...(missing.length > 0
          ? [
              `start it, once: systemctl --user link ${folder}/mirror-web.service ${folder}/mirror-tor.service`,
              'then: systemctl --user enable --now mirror-web mirror-tor; loginctl enable-linger',
            ]
          : []),
        `its address is in ${folder}/tor/service/hostname; the files next to it are the key to that address`,
      ];
    },
  };
}
