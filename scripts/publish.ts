/** `npm run publish -- TARGET`: puts the built edition to where readers find it. */
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';
import { outFolder } from './build/run-build.ts';
import { runCommand } from './cli/command-line.ts';
import { publish } from './publish/publish.ts';

await runCommand(() =>
  publish(process.argv.slice(2), {
    site: outFolder(),
    campaign: campaignFolder(),
    print: (text) => console.log(text),
  }),
);
