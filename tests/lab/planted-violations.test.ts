import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkCircumstances } from '../../scripts/lab/checks/circumstances.ts';
import { checkHtml } from '../../scripts/lab/checks/html.ts';
import { findLoads } from '../../scripts/lab/checks/loads.ts';
import { checkMachine } from '../../scripts/lab/checks/machine.ts';
import { checkMetadata } from '../../scripts/lab/checks/metadata.ts';
import { checkNames } from '../../scripts/lab/checks/names.ts';
import { checkPaper } from '../../scripts/lab/checks/paper.ts';
import { checkReferrer } from '../../scripts/lab/checks/referrer.ts';
import { checkSilence } from '../../scripts/lab/checks/silence.ts';
import { launchChromium } from '../../scripts/lab/clients/chromium.ts';
import { findMetadata } from '../../src/lib/image-metadata.ts';
import { findProgram } from '../../scripts/lab/programs.ts';
import { readSite, type StaticSite } from '../../scripts/lab/site.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import { makeFolder } from '../helpers/build.ts';
import { chooseRows, isLong, longTest } from '../helpers/depth.ts';
import { page, plant, soundSite, type Files } from '../helpers/plant.ts';

async function served<T>(site: StaticSite, task: (base: string) => Promise<T>): Promise<T> {
  const server = await serveFolder(site.folder, 0, '/a/b');
  try {
    return await task(`http://localhost:${(server.address() as AddressInfo).port}/a/b/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
const listen = (site: StaticSite) =>
  served(site, (base) => checkSilence(site, base, makeFolder('silence-')));

type Noise = [name: string, body: string, head: string, expected: string];
const soundWith = (body: string, head: string) =>
  plant({
    'index.html': page('Start', body, head),
    'leaf.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'worker.js': '',
  });

/**
 * Each makes some browser at some time ask another host, also where the one of the lab does not.
 */
const loads: Noise[] = [
  [
    'a name that is looked up ahead',
    '',
    '<link rel="dns-prefetch" href="https://ahead.example">',
    'asks browsers to dns-prefetch https://ahead.example',
  ],
  [
    'a connection that is opened ahead',
    '',
    '<link rel="preconnect" href="https://near.example">',
    'asks browsers to preconnect https://near.example',
  ],
  [
    'a link that reports clicks',
    '<a href="beds/mint.html" ping="https://count.example/">Mint</a>',
    '',
    'reports each click to https://count.example/',
  ],
  [
    'a picture far below',
    '<p style="height:9000px"></p><img loading="lazy" src="https://far.example/p.png">',
    '',
    'loads https://far.example/p.png, which would tell its host',
  ],
  [
    'a picture for small windows',
    '<img srcset="a.png 1x, https://set.example/p.png 2x">',
    '',
    'https://set.example/p.png 2x',
  ],
  [
    'a picture for those who point at it',
    '',
    '<style>a:hover{background:url(https://hover.example/p.png)}</style>',
    'loads https://hover.example/p.png',
  ],
  [
    'a picture for paper',
    '',
    '<style>@media print{body{background:url(//print.example/p.png)}}</style>',
    'loads //print.example/p.png',
  ],
  [
    'a way on to another host',
    '',
    '<meta http-equiv="refresh" content="99; url=https://on.example/">',
    'loads https://on.example/',
  ],
];

test.each(loads)(
  'a site with %s is not silent, as its text says',
  (_name, body, head, expected) => {
    expect(findLoads(soundWith(body, head)).join('\n')).toContain(expected);
  },
);

/**
 * Each tells another host who reads the page, or leaves a proof of the visit on the reader's
 * device.
 */
const noises: Noise[] = [
  [
    'a web font',
    '',
    '<style>@font-face{font-family:F;src:url(https://fonts.example/f.woff2)}h1{font-family:F}</style>',
    'asks for https://fonts.example/f.woff2, which tells fonts.example who reads it, and when',
  ],
  [
    'a frame',
    '<iframe src="https://video.example/1"></iframe>',
    '',
    'asks for https://video.example/1',
  ],
  [
    'a counter',
    '<script>navigator.sendBeacon("https://count.example/c")</script>',
    '',
    'count.example',
  ],
  [
    'a picture',
    '<img src="http://pictures.example/p.gif">',
    '',
    'asks for http://pictures.example/p.gif',
  ],
  [
    'a page that is fetched ahead',
    '',
    '<link rel="prefetch" href="https://next.example/n.html">',
    'next.example',
  ],
  [
    'an address that a script looks for',
    '<script>fetch("https://quiet.example/").catch(()=>{});</script>',
    '',
    'had to do with quiet.example',
  ],
  ['a second request to the own host', '<img src="leaf.svg" alt="">', '', 'causes 2 requests'],
  ['a cookie', '<script>document.cookie="seen=1"</script>', '', 'set the cookie "seen"'],
  ['session storage', '<script>sessionStorage.seen=1</script>', '', 'keeps session storage (seen)'],
  [
    'a question that waits',
    '<script>setTimeout(()=>fetch("https://late.example/"),1500)</script>',
    '',
    'had to do with late.example',
  ],
  [
    'a page that never rests',
    '<script>setInterval(()=>fetch("https://again.example/"),200)</script>',
    '',
    'had to do with again.example',
  ],
  ['local storage', '<script>localStorage.seen=1</script>', '', 'keeps local storage (seen)'],
  ['a database', '<script>indexedDB.open("seen")</script>', '', 'keeps a database (seen)'],
  ['a cache', '<script>caches.open("seen")</script>', '', 'keeps a cache (seen)'],
  [
    'a service worker',
    '<script>navigator.serviceWorker.register("worker.js")</script>',
    '',
    'keeps a service worker',
  ],
];

/** The means by which the check hears a noise. */
const means = ['asks for', 'had to do with', 'causes', 'the cookie', 'keeps'];
const meansOf = ([, , , expected]: Noise) =>
  means.find((words) => expected.includes(words)) ?? 'asks for';

test.each(chooseRows(noises, meansOf))(
  'a site with %s is not silent in a browser',
  async (_name, body, head, expected) => {
    const { failures } = await listen(soundWith(body, head));
    expect(failures.join('\n')).toContain(expected);
  },
);

describe('a click on a link that leads out', () => {
  const out = (rel: string, head = '') =>
    plant({
      'beds/sage.html': page('Sage', `<a href="https://far.example/page"${rel}>Far</a>`, head),
    });
  const click = (site: StaticSite) => served(site, (base) => checkReferrer(site, base));

  test('tells the other site from where, if nothing forbids it', async () => {
    const { failures } = await click(out('', '<meta name="referrer" content="unsafe-url">'));
    expect(failures.join()).toMatch(
      /beds\/sage\.html: a click on the link to https:\/\/far\.example\/page tells far\.example "referer: http:\/\/localhost:\d+\/a\/b\/beds\/sage\.html", so it learns from which mirror/,
    );
  });

  test.runIf(isLong).each([
    [' rel="noreferrer"', ''],
    ['', '<meta name="referrer" content="no-referrer">'],
  ])('tells it nothing with%s%s', async (rel, head) => {
    expect(await click(out(rel, head))).toMatchObject({ state: 'ok', figure: '1 links' });
  });
});

describe('a name of a file is refused', () => {
  test.each<[string, Files, string]>([
    [
      'that a device of Windows has',
      { 'beds/con.html': 'x' },
      'beds/con.html is a name that Windows keeps for a device',
    ],
    [
      'that differs from another one in case only',
      { 'beds/Mint.html': 'x' },
      'beds/mint.html and beds/Mint.html differ in case only',
    ],
    [
      'with a character that Windows does not keep',
      { 'beds/a:b.html': 'x' },
      'beds/a:b.html has a character',
    ],
    ['that is too long', { [`beds/${'a'.repeat(130)}.html`]: 'x' }, 'expected at most 120'],
    [
      'that a Mac would spell otherwise',
      { 'beds/cafe\u0301.html': 'x' },
      'not in the composed form',
    ],
    ['in a folder that Apache keeps for its own pictures', { 'icons/x.html': 'x' }, 'icons/x.html'],
  ])('%s', (_name, files, expected) => {
    expect(checkNames(plant(files)).failures.join('\n')).toContain(expected);
  });

  test('in no sound site', () => {
    expect(checkNames(plant({}))).toMatchObject({ state: 'ok' });
  });
});

describe('metadata of an image is found', () => {
  const inspect = (site: StaticSite) => checkMetadata(site, findMetadata);
  const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } });
  const place = {
    IFD0: { Artist: 'A person' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '53/1 54/1 0/1' },
  };
  const withComment = async () => {
    const jpeg = await picture().jpeg().toBuffer();
    return Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from([0xff, 0xfe, 0, 6]),
      Buffer.from('home'),
      jpeg.subarray(2),
    ]);
  };
  test.each<[string, string, () => Promise<Buffer> | Buffer, string]>([
    [
      'the place in a JPEG',
      'a.jpg',
      () => picture().withExif(place).jpeg().toBuffer(),
      'a.jpg holds EXIF',
    ],
    [
      'the place in a WebP',
      'a.webp',
      () => picture().withExif(place).webp().toBuffer(),
      'a.webp holds EXIF',
    ],
    [
      'the place in an AVIF',
      'a.avif',
      () => picture().withExif(place).avif().toBuffer(),
      'a.avif holds EXIF',
    ],
    [
      'the place in a PNG',
      'a.png',
      () => picture().withExif(place).png().toBuffer(),
      'a.png holds EXIF',
    ],
    ['a comment in a JPEG', 'b.jpg', withComment, 'b.jpg holds a comment'],
    [
      'what a drawing program writes',
      'c.svg',
      () =>
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" ' +
            'inkscape:export-filename="/home/person/c.png"><metadata/></svg>',
        ),
      'c.svg holds an element <metadata>',
    ],
    [
      'bytes that are no image',
      'd.png',
      () => Buffer.from('not a picture'),
      'd.png holds bytes that are no whole image',
    ],
  ])('%s', async (_name, path, make, expected) => {
    const { failures } = await inspect(plant({ [path]: await make() }));
    expect(failures.join('\n')).toContain(expected);
  });

  test.each<[string, (data: string) => string]>([
    ['in srcset', (data) => page('Start', `<img srcset="${data} 1x">`)],
    ['in a style', (data) => page('Start', '', `<style>body{background:url(${data})}</style>`)],
  ])('in an image that is %s as data', async (_name, make) => {
    const data = `data:image/jpeg;base64,${(await picture().withExif(place).jpeg().toBuffer()).toString('base64')}`;
    expect((await inspect(plant({ 'index.html': make(data) }))).failures.join()).toContain(
      'index.html, an image of the kind data: (jpeg) holds EXIF',
    );
  });

  test('the time of making, in a PNG, whatever its name', async () => {
    const png = await picture().png().toBuffer();
    const time = Buffer.from('0000000774494d4507e80101000000 00000000'.replaceAll(' ', ''), 'hex');
    const { failures } = await inspect(
      plant({ 'a.bin': Buffer.concat([png.subarray(0, 33), time, png.subarray(33)]) }),
    );
    expect(failures.join()).toContain('a.bin holds a part tIME');
  });

  test('in an image that is in a page as data', async () => {
    const data = (await picture().withExif(place).jpeg().toBuffer()).toString('base64');
    const { failures } = await inspect(
      plant({ 'index.html': page('Start', `<img src="data:image/jpeg;base64,${data}">`) }),
    );
    expect(failures.join()).toContain('index.html, an image of the kind data: (jpeg) holds EXIF');
  });

  test('in no clean image, and none of the default site', async () => {
    expect(
      await inspect(
        plant({
          'a.jpg': await picture().jpeg().toBuffer(),
          'a.png': await picture().png().toBuffer(),
        }),
      ),
    ).toMatchObject({ state: 'ok', figure: '2 images' });
    expect(await inspect(readSite(inject('defaultSite')))).toMatchObject({
      state: 'ok',
      failures: [],
    });
  });
});

test('the working folder of the machine in a page is found, also within gzip', () => {
  const site = plant({
    'index.html': page('Start', `Built in ${process.cwd()}/src.`),
    'index.pf': gzipSync(`{"from":"${process.cwd()}/src"}`),
  });
  const { failures } = checkMachine(site);
  for (const path of ['index.html', 'index.pf'])
    expect(failures.join('\n')).toContain(
      `${path} holds the working folder "${process.cwd()}/" of the machine`,
    );
});

test.runIf(hostname().length >= 6)('the name of the machine in a page is found', () => {
  expect(
    checkMachine(plant({ 'index.html': page('Start', `Built on ${hostname()}.`) })).failures.join(),
  ).toContain(`index.html holds the host "${hostname()}"`);
});

test.runIf(findProgram('pdftotext'))('words that paper does not show are found', async () => {
  const browser = await launchChromium();
  const print = (site: StaticSite, paths: string[]) =>
    served(site, (base) => checkPaper(site, base, paths, browser, makeFolder('paper-')));
  const hidden = await print(
    plant({
      'index.html': page(
        'Start',
        '<p>Seen.</p><p class="x">Needed on paper, too, all of it.</p>',
        '<style>@media print{.x{visibility:hidden}}</style>',
      ),
    }),
    ['index.html'],
  );
  expect(hidden.failures.join()).toMatch(
    /index\.html on paper shows 2 of 9 words; lost are needed, on, paper/,
  );
  const sheet = (css: string) =>
    plant({
      'index.html': page(
        'Sheet',
        '<p class="x">How to print.</p><p>Mint.</p>',
        `<style>@page{size:A4}@media print{${css}{display:none}}</style>`,
      ),
    });
  expect(await print(sheet('.x'), ['index.html'])).toMatchObject({
    failures: [],
    notes: [expect.stringContaining('1 of the pages is a sheet to print')],
  });
  expect((await print(sheet('body'), ['index.html'])).failures.join()).toContain(
    'index.html on paper has no word',
  );
  const named = page(
    'Start',
    '<p>See <a href="beds/mint.html">mint</a>.</p>',
    '<style>@page{margin:2cm}@media print{a::after{content:" (" attr(href) ")"}}</style>',
  );
  expect((await print(plant({ 'index.html': named }), ['index.html'])).failures).toEqual([
    'index.html on paper says "beds/mint.html", a file of the site',
  ]);
  const stranded = page(
    'Start',
    '<p>Seen.</p><h2>On mint</h2><p class="x">It grows.</p>',
    '<style>@media print{.x{break-before:page}}</style>',
  );
  expect((await print(plant({ 'index.html': stranded }), ['index.html'])).failures).toEqual([
    'index.html on paper ends sheet 1 with the heading "on mint"',
  ]);
  expect(await print(plant({}), Object.keys(soundSite))).toMatchObject({
    state: 'ok',
    figure: '4 pages on 4 sheets',
  });
  await browser.close();
});

test.runIf(findProgram('java'))('pages that the Nu checker refuses are found', () => {
  const broken = checkHtml(
    plant({ 'beds/mint.html': page('Mint', '<ul>Words<li>in a list</li></ul>') }),
  );
  expect(broken.failures.join()).toMatch(/^beds\/mint\.html:\d+, .*not allowed in element “ul”/);
  expect(checkHtml(plant({}))).toMatchObject({ state: 'ok', figure: '4 pages' });
});

describe('in a circumstance of its reader', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  const look = async (site: StaticSite, paths: string[]) => {
    const results = await served(site, (base) => checkCircumstances(base, paths, browser));
    return new Map([...results].map(([name, { failures }]) => [name, failures]));
  };
  const circumstances: [string, string, string, string, string][] = [
    [
      'a table is too wide',
      'at 320 pixels',
      '<pre>a very long line that nobody can read on a telephone without pushing it to and fro</pre>',
      '',
      'pixels wider than the window',
    ],
    [
      'a box cuts its text off below',
      'at 320 pixels',
      '<p style="height:1.2em;line-height:1.2;overflow:hidden">words words words words words ' +
        'words words words words words words words</p>',
      '',
      'hides a part of <p>',
    ],
    [
      'a text is outside of the window',
      'at 320 pixels',
      '<p style="width:900px">Words that begin in the window and go on beyond its edge, where ' +
        'nobody sees them any more.</p>',
      '<style>html,body{overflow-x:clip}</style>',
      'outside of the window',
    ],
    [
      'a text has its size in pixels',
      'with text at 200 %',
      '<p style="font-size:12px">Small.</p>',
      '',
      'does not let <p> "Small." grow',
    ],
    [
      'black is on black',
      'in dark colours',
      '<p>Night.</p>',
      '<style>body{background:#000;color:#000}</style>',
      'in the colour of its background, rgb(0, 0, 0)',
    ],
    [
      'a text is next to the sheet',
      'printed',
      '<p class="x">Needed on paper, too.</p>',
      '<style>@media print{.x{position:absolute;left:-9999px}}</style>',
      'does not print <p> "Needed on paper',
    ],
    [
      'a drawing moves',
      'with reduced motion',
      '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"><animate attributeName="opacity" values="0;1" ' +
        'dur="1s" repeatCount="indefinite"/></path></svg>',
      '',
      'moves by <animate>',
    ],
    [
      'a box hides its text',
      'at 320 pixels',
      '<div style="width:40px;overflow:hidden;white-space:nowrap">telephone numbers</div>',
      '',
      'hides a part of <div>',
    ],
    [
      'a line does not grow with its text',
      'with text at 200 %',
      '<div style="width:18em;overflow:hidden"><div style="width:36rem">wide</div></div>',
      '',
      'hides a part of <div>',
    ],
    [
      'a style holds words back',
      'without styles',
      '<p class="x">Only when the style is lost.</p>',
      '<style>.x{display:none}</style>',
      'reads otherwise without styles',
    ],
    [
      'a link can be seen by its style only',
      'without styles',
      '<a href="index.html"><i></i></a>',
      '<style>i{display:block;width:9px;height:9px}</style>',
      'which nobody can see',
    ],
    [
      'a drawing has the colour of the paper',
      'in dark colours',
      '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#111"/></svg>',
      '<style>body{background:#111;color:#eee}</style>',
      'in the colour of its background',
    ],
    [
      'a drawing vanishes in forced colours',
      'in forced colours',
      '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="Canvas"/></svg>',
      '',
      'in the colour of its background',
    ],
    [
      'something moves',
      'with reduced motion',
      '<p>Turning.</p>',
      '<style>@keyframes t{to{rotate:1turn}}p{animation:t 9s infinite}</style>',
      'animated by t',
    ],
    [
      'a text is left out on paper',
      'printed',
      '<p class="x">Needed on paper, too.</p>',
      '<style>@media print{.x{display:none}}</style>',
      'does not print <p> "Needed on paper',
    ],
  ];
  test.each(chooseRows(circumstances, ([, circumstance]) => circumstance))(
    '%s, and it is found',
    async (_name, circumstance, body, head, expected) => {
      const found = await look(plant({ 'index.html': page('Start', body, head) }), ['index.html']);
      expect(found.get(`Chromium ${circumstance}`)?.join('\n')).toContain(expected);
    },
  );

  longTest('a sheet to print says itself what goes onto paper', async () => {
    const found = await look(
      plant({
        'index.html': page(
          'Sheet',
          '<p class="x">How to print.</p>',
          '<style>@page{size:A4}@media print{.x{display:none}}</style>',
        ),
      }),
      ['index.html'],
    );
    expect([...found.values()].flat()).toEqual([]);
  });

  longTest('white on black is no fault', async () => {
    const found = await look(
      plant({
        'index.html': page(
          'Start',
          '<p>Night.</p>',
          '<style>body{background:#000;color:#fff;max-width:20em}</style>',
        ),
      }),
      ['index.html'],
    );
    expect([...found.values()].flat()).toEqual([]);
  });

  longTest('a sound site stays whole', async () => {
    const found = await look(plant({}), Object.keys(soundSite));
    expect(found.size).toBe(7);
    expect([...found.values()].flat()).toEqual([]);
  });
});
