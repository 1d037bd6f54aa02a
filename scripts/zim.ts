/** `npm run zim`: the built site as one ZIM file, for Kiwix. */
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';
import { outFolder } from './build/run-build.ts';
import { runCommand } from './cli/command-line.ts';
import { zim } from './zim/zim.ts';

await runCommand(() =>
  zim(process.argv.slice(2), {
    site: outFolder(),
    campaign: campaignFolder(),
    print: (text) => console.log(text),
  }),
);
