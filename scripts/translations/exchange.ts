import type { Fault } from '../../src/campaign/read/fault.ts';
import type { Campaign } from '../../src/campaign/read-campaign.ts';
import { applyChanges } from './apply-changes.ts';
import { listChanges } from './check-import.ts';
import { listTranslations } from './list-translations.ts';
import { parsePo, printPo } from './po.ts';
import { listUnits } from './units.ts';

/** The strings of a language as a PO file. */
export interface ExportedPo {
  readonly text: string;
  readonly count: number;
  /** Texts without a version in that language, or with other blocks than their original. */
  readonly leftOut: readonly string[];
}

/** Prints the strings of a campaign for whoever translates them into a language. */
export function exportPo(campaign: Campaign, tag: string): ExportedPo {
  const { entries: all, locales, site } = campaign;
  const { units, leftOut } = listUnits(campaign, tag);
  const entries = units.map(({ place, line, touches, ...unit }) => ({
    ...unit,
    notes: touches.length > 0 ? [`a mistake costs a reader: ${touches.join(', ')}`] : [],
    reference: `${place.file}:${line}`,
  }));
  const days = listTranslations(all, locales).flatMap(({ checked }) => checked ?? []);
  const header = { project: site.id, language: tag, day: days.sort().at(-1) ?? '1970-01-01' };
  return { text: printPo(header, entries), count: units.length, leftOut };
}

/**
 * Puts the strings of a PO file into a campaign, all or, if one of them has a fault, none.
 * @param folder where the campaign is
 * @param campaign as it was read from there
 * @param name of the PO file, for messages
 * @returns what was wrong, or the files that were changed and how many strings
 * @throws PoError on what is no PO file
 */
export function importPo(
  folder: string,
  campaign: Campaign,
  tag: string,
  text: string,
  name: string,
): { faults: readonly Fault[]; files: readonly string[]; count: number } {
  const { units } = listUnits(campaign, tag);
  const { changes, faults } = listChanges(parsePo(text, name), units, campaign.site, tag, name);
  if (faults.length > 0) return { faults, files: [], count: 0 };
  return { faults, files: applyChanges(folder, changes), count: changes.length };
}
