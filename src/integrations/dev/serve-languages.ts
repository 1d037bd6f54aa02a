import type { AstroIntegration } from 'astro';
import { campaignFolder, campaignName } from '../../campaign/read/campaign-folder.ts';
import { readRecords } from '../../campaign/read-campaign.ts';
import { homePage, pathOf } from '../../lib/paths.ts';

/**
 * For `npm run dev` only: texts link to pages without naming a language ("/guide/letters.html"),
 * which the build resolves. Here such an address leads to the page in the language that was read
 * last. (Pages send no referrer, here neither.)
 */
export function serveLanguages(): AstroIntegration {
  return {
    name: 'vyrai/serve-languages',
    hooks: {
      'astro:server:setup': ({ server }) => {
        const { site } = readRecords(campaignFolder(), campaignName());
        const tags = new Set(site.languages.map(({ tag }) => tag));
        let read = site.main;
        server.middlewares.use((request, response, next) => {
          const [, first = '', ...rest] = (request.url ?? '/').split('/');
          if (tags.has(first)) read = first;
          if (tags.has(first) && ['', 'index.html'].includes(rest.join('/')))
            return void response.writeHead(302, { location: pathOf(first, homePage) }).end();
          const named =
            tags.has(first) || (rest.length === 0 && /^(?:index|404|files)\.html/.test(first));
          if (named || !/^\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.html/.test(request.url ?? ''))
            return next();
          response.writeHead(302, { location: `/${read}${request.url}` }).end();
        });
      },
    },
  };
}
