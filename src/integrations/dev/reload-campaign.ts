import type { AstroIntegration } from 'astro';
import { campaignFolder } from '../../campaign/read/campaign-folder.ts';
import { isInCampaign } from '../../campaign/read/folder.ts';

/**
 * For `npm run dev` only: shows an editor each saved file at once. Texts and records do not pass
 * through modules that Vite could watch by itself (`content.config.ts` says why), so all modules
 * that may remember them are forgotten.
 */
export function reloadCampaign(): AstroIntegration {
  return {
    name: 'vyrai/reload-campaign',
    hooks: {
      'astro:server:setup': ({ server }) => {
        let waiting: NodeJS.Timeout | undefined;
        server.watcher.add(campaignFolder());
        server.watcher.on('all', (_event, path) => {
          if (!isInCampaign(path)) return;
          clearTimeout(waiting);
          waiting = setTimeout(() => {
            for (const environment of Object.values(server.environments))
              environment.moduleGraph.invalidateAll();
            server.ws.send({ type: 'full-reload' });
          }, 300); // the loader reads the folder meanwhile
        });
      },
    },
  };
}
