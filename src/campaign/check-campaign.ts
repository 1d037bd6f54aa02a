import { checkContacts } from './check/check-contacts.ts';
import { checkLinks } from './check/check-links.ts';
import { examineCampaign } from './read-campaign.ts';
import type { Fault } from './read/fault.ts';

/**
 * All that can be found wrong with a campaign without building it: what a build would refuse before
 * it renders, and what it would find in the pages as far as the sources show it.
 * @param folder where the campaign is
 * @param name the folder as messages call it
 * @throws CampaignError if the folder is none that could be a campaign
 */
export async function checkCampaign(folder: string, name: string): Promise<Fault[]> {
  const { faults, reading } = await examineCampaign(folder, name);
  if (!reading) return [...faults];
  const { entries, locales, broken, site, siteSource, words } = reading;
  return [
    ...faults,
    ...checkLinks(entries, locales, broken),
    ...checkContacts(entries, site, siteSource, words),
  ];
}
