import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchChromium, offline } from '../clients/chromium.ts';
import { launchFirefox } from '../clients/firefox.ts';
import { readHosts } from '../checks/net-log.ts';

/** What a browser has made of an answer. */
export interface Sight {
  /** Why nothing is shown, in the browser's words; undefined where something is. */
  readonly nothing?: string;
  /** All that is seen, by name, for comparison: text, computed styles, picture. */
  readonly shown: Readonly<Record<string, string>>;
  readonly address: string;
  readonly links: readonly string[];
  /** `name=value` of cookies that are kept now. */
  readonly cookies: readonly string[];
}

/**
 * A browser as people have it, scripts on, started once for many pages; each page has a profile of
 * its own.
 */
export interface Watcher {
  readonly name: string;
  watch: (address: string) => Promise<Sight>;
  /** @returns names of other hosts that the browser had to do with, where it keeps a log of that */
  stop: () => Promise<readonly string[]>;
}

/** How long a page may still change, ask or lead on after it has loaded, in milliseconds. */
const patience = 350;
const viewport = { width: 400, height: 400 };
/** A download never ends as a page in Firefox: then this is how long it takes. */
const longestLoad = 3000;

/** Sent to the browser as it is: it uses nothing from outside of itself. */
function look() {
  const root = document.documentElement;
  const elements = [...document.querySelectorAll('*')];
  return {
    address: location.href,
    links: [...document.links].map(({ href }) => href),
    isEmpty: root === null || (document.body?.childNodes.length === 0 && root.textContent === ''),
    shown: {
      title: document.title,
      text: document.body?.innerText ?? root?.textContent ?? '',
      'source text': root?.textContent ?? '',
      type: document.contentType,
      mode: document.compatMode,
      elements: elements.map(({ tagName }) => tagName).join(' '),
      style: elements
        .map((element) => {
          const {
            color,
            backgroundColor,
            display,
            visibility,
            borderTopColor,
            fontFamily,
            opacity,
          } = getComputedStyle(element);
          const { width, height } = element.getBoundingClientRect();
          return [
            color,
            backgroundColor,
            display,
            visibility,
            borderTopColor,
            fontFamily,
            opacity,
            width,
            height,
          ].join(' ');
        })
        .join('\n'),
      language: root?.getAttribute('lang') ?? '',
    },
  };
}

/** A tab with a profile of its own, used for one page after the other. */
interface Tab {
  go: (address: string) => Promise<void>;
  address: () => string;
  look: () => Promise<ReturnType<typeof look>>;
  picture: () => Promise<Uint8Array>;
  cookies: () => Promise<{ name: string; value: string }[]>;
  forget: () => Promise<void>;
  close: () => Promise<void>;
  /** The kinds of dialogs that came up since the page was opened. */
  readonly dialogs: string[];
}

/** What the pages of both drivers, Playwright's and Puppeteer's, have in common. */
interface DrivenPage {
  goto: (address: string, options: { timeout: number }) => Promise<unknown>;
  url: () => string;
  evaluate: (inPage: typeof look) => Promise<ReturnType<typeof look>>;
  screenshot: () => Promise<Uint8Array>;
  on: (
    event: 'dialog',
    listener: (shown: { type: () => string; dismiss: () => Promise<void> }) => void,
  ) => unknown;
}

function makeTab(page: DrivenPage, profile: Pick<Tab, 'cookies' | 'forget' | 'close'>): Tab {
  const dialogs: string[] = [];
  page.on('dialog', (shown) => {
    dialogs.push(shown.type());
    void shown.dismiss();
  });
  return {
    go: async (address) => void (await page.goto(address, { timeout: longestLoad })),
    address: () => page.url(),
    look: () => page.evaluate(look),
    picture: () => page.screenshot(),
    ...profile,
    dialogs,
  };
}

/**
 * Watches with as many tabs as there are pages at once; one in which a page was not shown is thrown
 * away.
 */
class Tabs {
  readonly #open: () => Promise<Tab>;
  readonly #idle: Tab[] = [];
  #opening: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<Tab>) {
    this.#open = open;
  }

  /** One after the other: Firefox loses tabs that are opened at once. */
  #openNext(): Promise<Tab> {
    const next = this.#opening.then(this.#open);
    this.#opening = next.catch(() => undefined); // whoever waits for this tab gets the error
    return next;
  }

  async watch(address: string): Promise<Sight> {
    const tab = this.#idle.pop() ?? (await this.#openNext());
    tab.dialogs.length = 0;
    const cookies = async () => (await tab.cookies()).map(({ name, value }) => `${name}=${value}`);
    try {
      await tab.go(address);
      await wait(patience);
      const { isEmpty, shown, ...rest } = await tab.look();
      const picture = createHash('sha256')
        .update(await tab.picture())
        .digest('hex');
      const nothing = isEmpty ? 'an empty page' : tab.dialogs[0] && `a dialog (${tab.dialogs[0]})`;
      const kept = await cookies();
      if (kept.length > 0) await tab.forget();
      this.#idle.push(tab);
      return {
        ...(nothing !== undefined && { nothing }),
        shown: { ...shown, picture },
        cookies: kept,
        ...rest,
      };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await wait(patience);
      const nothing = error.message.split('\n')[0] ?? error.name;
      const sight = {
        nothing,
        shown: {},
        address: tab.address(),
        links: [],
        cookies: await cookies(),
      };
      await tab.close();
      return sight;
    }
  }
}

/** @param scratch an empty folder for its log */
export async function startChromium(scratch: string): Promise<Watcher> {
  const log = join(scratch, 'net-log.json');
  const browser = await launchChromium([...offline, `--log-net-log=${log}`]);
  const tabs = new Tabs(async () => {
    const context = await browser.newContext({ viewport });
    return makeTab(await context.newPage(), {
      cookies: () => context.cookies(),
      forget: () => context.clearCookies(),
      close: () => context.close(),
    });
  });
  return {
    name: `Chromium ${browser.version()}`,
    watch: (address) => tabs.watch(address),
    stop: async () => {
      await browser.close();
      return readHosts(log);
    },
  };
}

/** @param scratch an empty folder for its profile */
export async function startFirefox(scratch: string): Promise<Watcher> {
  const browser = await launchFirefox(scratch, {
    // what people have, and drivers and labs switch off
    'network.prefetch-next': true,
    'network.dns.disablePrefetch': false,
    'network.http.speculative-parallel-limit': 20,
  });
  const tabs = new Tabs(async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(viewport);
    page.setDefaultTimeout(longestLoad);
    return makeTab(page, {
      cookies: () => context.cookies(),
      forget: async () => context.deleteCookie(...(await context.cookies())),
      close: () => context.close(),
    });
  });
  return {
    name: (await browser.version()).replace('firefox/', 'Firefox '),
    watch: (address) => tabs.watch(address),
    stop: async () => {
      await browser.close();
      return [];
    },
  };
}
