import type { AstroIntegration } from 'astro';

/**
 * For `npm run dev` only: texts link to pages without naming a language ("/guide/letters.html"), which the build resolves.
 * Here such an address leads to the page in the language from which it was followed, or in the first one of the address bar.
 */
export function serveLanguages(): AstroIntegration {
  return {
    name: 'vyrai/serve-languages',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const path = request.url ?? '/';
          if (!/^\/(?!index\.html|404\.html)(?:[a-z]+(?:-[a-z0-9]+)*\/)?[a-z0-9-]+\.html$/.test(path) || /^\/[a-z]{2,3}(-[a-z0-9]+)?\//i.test(path)) return next();
          const language = /^https?:\/\/[^/]+\/([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\//.exec(request.headers.referer ?? '')?.[1];
          if (language === undefined) return next();
          response.writeHead(302, { location: `/${language}${path}` }).end();
        });
      },
    },
  };
}
