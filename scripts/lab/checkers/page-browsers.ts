import type { ElementHandle } from 'puppeteer-core';
import { launchChromium } from '../clients/chromium.ts';
import { firefoxNeeds, launchFirefox } from '../clients/firefox.ts';
import { startWebkit, webkitNeeds } from '../clients/webkit.ts';
import type { Program } from '../programs.ts';

/** A local page in a browser, as far as a form with files needs it. */
export interface LocalPage {
  /** The browser that really runs: `Firefox 153.8.0`. */
  version: string;
  /** Loads the page, anew each time. */
  open: (address: string) => Promise<void>;
  /** Gives a file to a field, as its dialogue does. */
  chooseFile: (field: string, path: string) => Promise<void>;
  /** Evaluates an expression in the page. */
  evaluate: (expression: string) => Promise<unknown>;
  stop: () => Promise<void>;
}

export interface PageBrowser {
  name: string;
  needs: readonly Program[];
  /** @param scratch an empty folder for its profile, cache and settings */
  start: (scratch: string) => Promise<LocalPage>;
}

const chromium: PageBrowser = {
  name: 'Chromium',
  needs: [],
  async start() {
    const browser = await launchChromium();
    const tab = await browser.newPage();
    return {
      version: `Chromium ${browser.version()}`,
      open: async (address) => void (await tab.goto(address)),
      chooseFile: (field, path) => tab.setInputFiles(field, path),
      evaluate: (expression) => tab.evaluate(expression),
      stop: () => browser.close(),
    };
  },
};

const firefox: PageBrowser = {
  name: 'Firefox',
  needs: firefoxNeeds,
  async start(scratch) {
    const browser = await launchFirefox(scratch);
    const tab = await browser.newPage();
    return {
      version: (await browser.version()).replace('firefox/', 'Firefox '),
      open: async (address) => void (await tab.goto(address)),
      async chooseFile(field, path) {
        const input = (await tab.waitForSelector(field)) as ElementHandle<HTMLInputElement> | null;
        await input?.uploadFile(path);
      },
      evaluate: (expression) => tab.evaluate(expression),
      stop: () => browser.close(),
    };
  },
};

const webkit: PageBrowser = {
  name: 'WebKitGTK',
  needs: webkitNeeds,
  async start(scratch) {
    const { driver, stop } = await startWebkit(scratch, true);
    return {
      version: `WebKitGTK ${(await driver.getCapabilities()).getBrowserVersion()}`,
      open: (address) => driver.get(address),
      chooseFile: (field, path) => driver.findElement({ css: field }).sendKeys(path),
      evaluate: (expression) => driver.executeScript(`return (${expression})`),
      stop,
    };
  },
};

export const pageBrowsers: readonly PageBrowser[] = [chromium, firefox, webkit];
