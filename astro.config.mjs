import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { defineConfig } from 'astro/config';
import { campaignFolder } from './src/campaign/read/campaign-folder.ts';
import { postBuild } from './src/integrations/post-build/post-build.ts';
import { collectImages } from './src/lib/collect-images.ts';
import { refuseCode } from './src/integrations/refuse-code.ts';
import { reloadCampaign } from './src/integrations/dev/reload-campaign.ts';
import { showFaults } from './src/integrations/dev/show-faults.ts';
import { serveLanguages } from './src/integrations/dev/serve-languages.ts';

export default defineConfig({
  outDir: process.env.OUT_DIR ?? 'dist',
  cacheDir: process.env.CACHE_DIR ?? 'node_modules/.astro',
  integrations: [mdx(), showFaults(), serveLanguages(), reloadCampaign(), postBuild()],
  build: { format: 'preserve', inlineStylesheets: 'always', assets: 'assets' },
  // Quotes are set by the rules of each language; highlighting needs style attributes, which the
  // policy forbids.
  markdown: {
    processor: satteri({
      features: { smartPunctuation: false },
      mdastPlugins: [refuseCode, collectImages],
    }),
    syntaxHighlight: false,
  },
  image: { responsiveStyles: false },
  devToolbar: { enabled: false },
  server: { port: Number(process.env.PORT ?? 4321) },
  // Vite would look for settings of PostCSS in folders above the project, too, and run them.
  vite: {
    css: { postcss: {} },
    resolve: { alias: { '@campaign': campaignFolder() } },
    // the one script is in its page, whatever its size: no file of ours that a host could exchange
    build: { assetsInlineLimit: (file) => (file.endsWith('.js') ? true : undefined) },
  },
});
