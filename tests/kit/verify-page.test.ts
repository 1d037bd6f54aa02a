import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import { makeFolder } from '../helpers/build.ts';
import { htmlPart, makeMhtml } from '../helpers/make-mhtml.ts';
import { changeCopy, makeEdition, makeKeys } from '../helpers/signed-sites.ts';
import { makeWorld, page, type World } from '../helpers/garden-editions.ts';
import { runVerify, verifyAsJson } from '../helpers/run-verify.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const save = (html: string | Buffer, name = 'a page from a friend.html'): string => {
  const file = join(makeFolder('saved-'), name);
  writeFileSync(file, html);
  return file;
};
const read = (path: string, edition: 1 | 2 | 3 = 3): string =>
  readFileSync(join(world.sites[edition], path), 'utf8');
const noReference = '/nowhere';

describe('a single page', () => {
  it.each<
    [
      what: string,
      verdict: Verdict,
      html: () => string | Buffer,
      against: (() => string) | undefined,
      said: RegExp,
    ]
  >([
    [
      'with another account',
      'tampered',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      () => world.sites[3],
      /account.*0417 1643.*0417 1644/i,
    ],
    [
      'with a script',
      'tampered',
      () =>
        read('en/give.html').replace(
          '</body>',
          '<script src="https://elsewhere.invalid/x.js"></script></body>',
        ),
      () => world.sites[3],
      /script.*elsewhere/is,
    ],
    [
      'with another sentence',
      'tampered',
      () => read('en/home.html').replace('What grows', 'Nothing grows'),
      () => world.sites[3],
      /known "What.*here "Nothing/,
    ],
    [
      'that is like none',
      'injected',
      () => page('Lottery', 'You have won a prize, call now.'),
      () => world.sites[3],
      /like none of its pages/,
    ],
    [
      'of an older edition',
      'rolled back',
      () => read('en/give.html', 2),
      undefined,
      /is the page of edition 2, and edition 3 is known/,
    ],
    [
      'that nobody can compare',
      'unsigned',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      undefined,
      /--against COPY/,
    ],
    [
      'that is held against a false copy',
      'tampered',
      () => read('en/give.html').replace('0417 1643', '0417 1644'),
      () => changeCopy(world.sites[3], { 'en/home.html': 'x' }),
      /is tampered itself/,
    ],
    [
      'without end',
      'tampered',
      () => `<html>${'x'.repeat(5 * 2 ** 20)}`,
      () => world.sites[3],
      /bytes/,
    ],
  ])('%s is %s', async (_, verdict, html, against, said) => {
    const { code, report } = await verifyAsJson(
      [save(html()), '--against', against?.() ?? noReference],
      { CONTENT_DIR: world.clone },
    );
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(said);
    expect({ verdict: report.verdict, code }).toEqual({ verdict, code: 1 });
  });

  it('of the newest edition is authentic by its bytes alone, and is named', async () => {
    const { code, report } = await verifyAsJson([save(read('en/give.html'))], {
      CONTENT_DIR: world.clone,
    });
    expect({ verdict: report.verdict, code, evidence: report.evidence }).toEqual({
      verdict: 'authentic',
      code: 0,
      evidence: [],
    });
    expect(report.notes).toEqual(['It is en/give.html of edition 3, byte for byte.']);
  });

  it('that a browser has saved is authentic in words, and the report says where its links lead', async () => {
    const saved = read('en/give.html')
      .replace(
        '<head>',
        '<head><!-- saved from url=(0031)https://mirror.invalid/en/give.html -->\r\n',
      )
      .replaceAll('"utf-8"', "'utf-8'");
    const { report } = await verifyAsJson([save(saved), '--against', world.sites[3]], {
      CONTENT_DIR: world.clone,
    });
    expect(report).toMatchObject({
      verdict: 'authentic',
      evidence: [],
      meaning: expect.stringMatching(/its bytes are not, as when a browser saves a page/),
    });
  });

  it('is compared with a zip and a CAR as with a folder', async () => {
    for (const ending of ['zip', 'car']) {
      const { report } = await verifyAsJson(
        [
          save(read('fr/give.html').replace('0417 1643', '0417 1644')),
          '--against',
          join(world.sites[3], `download/garden-3.${ending}`),
        ],
        { CONTENT_DIR: world.clone },
      );
      expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(/account/i);
    }
  });
});

describe('a file that browsers would read in another way is no page:', () => {
  it.each<[name: string, change: (html: string) => string, said: RegExp]>([
    ['page.xhtml', (html) => html, /take it for XML/],
    [
      'page.xml',
      (html) => `<?xml version="1.0"?><?xml-stylesheet href="x.css"?>${html}`,
      /take it for XML/,
    ],
    ['page.svg', (html) => html, /take it for a drawing/],
    ['page.txt', (html) => html, /take it for plain text/],
    ['page', (html) => `<?xml version="1.0"?>${html.slice(1)}`, /take it for XML/],
    ['page.html', (html) => makeMhtml([htmlPart(html)]), /take it for the source of an archive/],
  ])('%s', async (name, change, said) => {
    const file = save(change(read('en/give.html')), name);
    const { code, report } = await verifyAsJson([file, '--against', world.sites[3]], {
      CONTENT_DIR: world.clone,
    });
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(said);
    expect({ verdict: report.verdict, code }).toEqual({ verdict: 'injected', code: 1 });
  });

  it('a file of the edition that is no page, under the name of one', async () => {
    const file = save(readFileSync(join(world.sites[3], 'EDITION.txt')));
    const { report } = await verifyAsJson([file, '--against', world.sites[3]], {
      CONTENT_DIR: world.clone,
    });
    expect(report.verdict).toBe('injected');
  });
});

describe('a page with links and an image', () => {
  const [key] = makeKeys(1);
  const trust = ['--key', printPublicKey(key!.publicKey), '--no-memory'];
  const body =
    '<a href="home.html">Home</a> <a href="give.html">Give</a> <a href="#_main">Here</a>' +
    '<img alt="A field" src="../_astro/field.jpg"> and words that nobody else has written';
  const html = page('Links', body);
  const image = Buffer.from('\xFF\xD8\xFF a field', 'latin1');
  let site: string;
  beforeAll(async () => {
    site = await makeEdition(
      { 'index.html': page('Start', 'Start'), 'en/links.html': html, '_astro/field.jpg': image },
      { number: 1, keys: [key!] },
    );
  });
  const verify = async (file: string) =>
    verifyAsJson([file, '--against', site, ...trust]).then(({ code, report }) => ({
      code,
      verdict: report.verdict,
      said: [...report.evidence.map(({ text }) => text), ...report.notes].join('\n'),
    }));
  const lead = (text: string, base: string): string =>
    text
      .replace(/href="(?!#)/g, `href="${base}en/`)
      .replace('href="#', `href="${base}en/links.html#`);

  it('is not authentic if all its links lead to a host, which is named first', async () => {
    for (const base of ['https://evil.example/', 'https://evil.example/a/b/']) {
      const { code, verdict, said } = await verify(save(lead(html, base)));
      expect({ code, verdict }).toEqual({ code: 1, verdict: 'unsigned' });
      expect(said.split('\n')[0]).toContain(`Its links lead to "${base}"`);
    }
    const shown = await runVerify([
      save(lead(html, 'https://evil.example/')),
      '--against',
      site,
      ...trust,
    ]);
    expect(shown.stdout).not.toMatch(/whole and unchanged/);
    expect(shown.stdout.split('\n').slice(0, 6).join('\n')).toContain('https://evil.example/');
  });

  it('is never "unchanged" if its bytes differ', async () => {
    const changed = html.replace('<head>', '<head><!-- -->');
    const shown = await runVerify([save(changed), '--against', site, ...trust]);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toMatch(/AUTHENTIC\nIts words, links and structure are those/);
    expect(shown.stdout).not.toMatch(/unchanged/);
  });

  it('is held to the images that were saved next to it', async () => {
    const file = save(html.replace('../_astro/', './page%20files/'));
    expect((await verify(file)).said).toMatch(/1 of its images are not next to it/);
    mkdirSync(join(dirname(file), 'page files'));
    writeFileSync(join(dirname(file), 'page files/field.jpg'), image);
    expect(await verify(file)).toMatchObject({ verdict: 'authentic', code: 0 });
    writeFileSync(join(dirname(file), 'page files/field.jpg'), 'another image');
    expect(await verify(file)).toMatchObject({
      verdict: 'tampered',
      said: expect.stringMatching(/image ".*field.jpg" next to it is no file of edition 1/),
    });
  });

  const location = 'https://mirror.example/_astro/field.jpg';
  const archive = (bytes: Buffer, change = (text: string) => text): string =>
    save(
      makeMhtml([
        htmlPart(
          change(lead(html, 'https://mirror.example/').replace('../_astro/field.jpg', location)),
        ),
        {
          headers: [
            'Content-Type: image/jpeg',
            'Content-Transfer-Encoding: base64',
            `Content-Location: ${location}`,
          ],
          body: bytes.toString('base64'),
        },
      ]),
      'page.mhtml',
    );

  it('is read as phones save it, and nothing says what its style sheet hides', async () => {
    const { code, verdict, said } = await verify(archive(image));
    expect({ code, verdict }).toEqual({ code: 1, verdict: 'unsigned' });
    expect(said).toMatch(/It was en\/links\.html of edition 1/);
    expect(said).toMatch(/Its links lead to "https:\/\/mirror\.example\/"/);
    expect(said).toMatch(/written its style sheet anew/);
  });

  it('is tampered as phones save it, with another word, image or script', async () => {
    const another = await verify(archive(image, (text) => text.replace('nobody', 'everybody')));
    expect(another).toMatchObject({
      verdict: 'tampered',
      said: expect.stringMatching(/everybody/),
    });
    expect(await verify(archive(Buffer.from('another image')))).toMatchObject({
      verdict: 'tampered',
      said: expect.stringMatching(/holds "https:\/\/mirror.*which is no file of edition 1/),
    });
    const script = await verify(
      archive(image, (text) => text.replace('<img', '<script>x</script><img')),
    );
    expect(script).toMatchObject({
      verdict: 'tampered',
      said: expect.stringMatching(/A script was/),
    });
  });
});
