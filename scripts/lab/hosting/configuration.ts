import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { subPath } from '../document-roots.ts';
import type { RunningHost } from '../hosts/host.ts';
import { ProgramError, type Running } from '../process.ts';
import type { Program } from '../programs.ts';
import type { ServedSite } from '../served-site.ts';
import { listSiteFiles } from '../site.ts';
import type { CertificateFiles } from '../certificate.ts';

/** How a mirror is served: with a certificate, or without TLS, as an onion service does. */
export type Variant = 'TLS' | 'onion';

/**
 * A mirror to be started on this machine, with a configuration of the site's folder `hosting/`.
 */
export interface Setting {
  variant: Variant;
  /** The document root; readable for every user of the machine. */
  root: string;
  /** The path of the site below the root. */
  under: '' | typeof subPath;
  /** An empty folder for settings, logs and state. */
  scratch: string;
  certificate: CertificateFiles;
}

export interface Served extends RunningHost {
  /** Where the same host answers without TLS; the same as `address` where it has no TLS. */
  plain: string;
  /**
   * All that the program has written so far, into logs and to its output; undefined where it is
   * ours and writes none.
   */
  readLogs: (() => string) | undefined;
}

/** A text of `hosting/`, and how to start for real what it configures. */
export interface Configuration {
  /** The file in the site. */
  file: string;
  /** What it is for, for the table. */
  name: string;
  needs: readonly Program[];
  variants: readonly Variant[];
  /**
   * Whether types, dot files and logs are the host's own business, so that nothing is asked of
   * them.
   */
  hostsOwn?: string;
  /**
   * @param text the file as it is in the site; only names of hosts, ports, and places of this
   *   machine are changed
   * @throws ProgramError if the text no longer has what has to be changed, or the program does not
   *   start
   */
  start: (text: string, setting: Setting) => Promise<Served>;
}

/**
 * A mirror that is on this machine now, with a configuration of its own: what the checks look
 * at.
 */
export interface ServedMirror extends ServedSite {
  /** The same folder without TLS, where the host redirects. */
  plain: string;
  variant: Setting['variant'];
  readLogs: Served['readLogs'];
  hostsOwn: Configuration['hostsOwn'];
}

/**
 * Changes a text at all places that are named.
 * @throws ProgramError where one of them is not there: a test that changes nothing would test
 *   another text than it says
 */
export function adapt(
  text: string,
  changes: readonly (readonly [from: string, to: string])[],
): string {
  return changes.reduce((changed, [from, to]) => {
    if (!changed.includes(from))
      throw new ProgramError(
        `the configuration does not hold "${from}", which has to be changed before it can run here`,
      );
    return changed.replaceAll(from, to);
  }, text);
}

/**
 * The text as its own first lines say that it is made for a host without TLS: lines marked so go,
 * others lose their mark.
 */
export function chooseVariant(text: string, variant: Variant): string {
  if (variant === 'TLS') return text;
  const lines = text.split('\n').filter((line) => !/#\s*TLS$/.test(line));
  return lines.map((line) => (/# onion$/.test(line) ? line.replace(/#\s?/, '') : line)).join('\n');
}

/**
 * Reads all that a program has written into files that end in `.log` below a folder, and to its
 * output.
 */
export const logsIn =
  (folder: string, { output }: Running) =>
  (): string =>
    [
      ...listSiteFiles(folder)
        .filter((path) => path.endsWith('.log'))
        .map((path) => readFileSync(join(folder, path), 'utf8')),
      output(),
    ].join('\n');
