/**
 * Takes pictures of a built site, to be looked at: `node scripts/run.mjs
 * tests/helpers/screenshots.ts FOLDER [PAGE …]`. Each page in three widths and two colour schemes.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serveFolder } from '../../scripts/build/serve.ts';
import { launchBrowser } from './browser.ts';

const [folder = 'screenshots', ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = await serveFolder(resolve(process.env['OUT_DIR'] ?? 'dist'), 0);
const address = server.address();
const port = typeof address === 'object' ? address?.port : 0;
const browser = await launchBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [320, 768, 1600]) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      javaScriptEnabled: pages.some((page) => page.endsWith('search.html')),
    });
    for (const page of pages) {
      const tab = await context.newPage();
      await tab.goto(`http://localhost:${port}/${page}`);
      await tab.screenshot({
        path: join(
          folder,
          `${page.replaceAll('/', '_').replace('.html', '')}-${width}-${colorScheme}.png`,
        ),
        fullPage: width !== 1600,
      });
      await tab.close();
    }
    await context.close();
  }
}
await browser.close();
server.close();
