import { CheckFindings, type CheckResult } from '../report.ts';
import type { StaticSite } from '../site.ts';

/** Names that Windows keeps for devices, whatever their ending. */
const devices = /(^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\/|$)/i;

/**
 * Folders at the root that Apache, as Debian sets it, keeps for itself; endings that lighttpd and
 * others refuse or run.
 */
const kept = /^(?:icons|cgi-bin|server-status)\/|(?:~|\.(?:inc|php|pl|fcgi|cgi|asp))$/i;

/**
 * Every name survives other disks, archives and hosts: the next mirror may be a Windows machine or
 * a stick formatted with FAT.
 */
export function checkNames({ files }: StaticSite): CheckResult {
  const findings = new CheckFindings();
  const folded = new Map<string, string>();
  for (const path of files.keys()) {
    const duplicate = folded.get(path.toLowerCase());
    if (duplicate !== undefined)
      findings.fail(
        `${path} and ${duplicate} differ in case only: on a disk that folds case one replaces the other`,
      );
    folded.set(path.toLowerCase(), path);
    if (devices.test(path)) findings.fail(`${path} is a name that Windows keeps for a device`);
    if (/[#%?&+ ]/.test(path))
      findings.fail(
        `${path} has a character that means something else in an address: hosts and people write it ` +
          `in different ways; take a-z, 0-9, hyphens`,
      );
    if (/[<>:"|?*\\\p{Cc}]/u.test(path) || /[. ](?:\/|$)/.test(path))
      findings.fail(`${path} has a character that Windows or an archive does not keep`);
    if (kept.test(path))
      findings.fail(
        `${path} is a name that common web servers keep for themselves, refuse or run as a program`,
      );
    if (path.length > 120)
      findings.fail(
        `${path} has ${path.length} characters, expected at most 120: some hosts and archives ` +
          `cut longer ones`,
      );
    if (path !== path.normalize('NFC'))
      findings.fail(
        `${path} is not in the composed form of Unicode (NFC): a Mac and a web host will not ` +
          `call it the same`,
      );
  }
  findings.figure = `${files.size} names`;
  return findings.result();
}
