import { unpackBrowser } from './browser.ts';

/** Unpacks the browser before two workers of a run could do so at once. */
export default async function setup(): Promise<void> {
  await unpackBrowser();
}
