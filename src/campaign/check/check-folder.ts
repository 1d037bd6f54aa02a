import { statSync } from 'node:fs';
import { CampaignError } from '../read/fault.ts';

/** Refuses a campaign folder that is not there, is a file, or has a name that the bundler cannot take. */
export function checkFolder(folder: string, context: string): void {
  const complain = (found: string, expected: string) =>
    new CampaignError([{ file: folder, found, expected, fix: 'check CONTENT_DIR' }], context);
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    throw complain(
      stat ? 'a file' : 'no such folder',
      'the folder of a campaign, with a site.yaml',
    );
  if (/[#?*{}[\]]/.test(folder))
    throw complain(
      'a path with one of # ? * { } [ ]',
      'a path without these signs, which mean something else to the bundler',
    );
}
