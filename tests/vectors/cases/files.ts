import { makeCase, type MadeCase } from '../case.ts';
import { makeZip } from '../../helpers/make-zip.ts';
import { carOf, zipEntries, zipOf } from '../writers/archives.ts';
import type { Site } from '../writers/edition.ts';
import { edit, manifestText, replace, signatureName } from '../writers/site.ts';
import {
  anna,
  carCase,
  boris,
  dora,
  first,
  folderCase,
  given,
  second,
  third,
  zipCase,
  givenSole,
  sole,
} from './world.ts';

const { site } = third;
const headers = site.get('hosting/headers.txt') ?? Buffer.alloc(0);

/** Targets, and files that are changed, taken away or added (docs/spec.md, 1 and 10). */
export const fileCases: readonly MadeCase[] = [
  folderCase(
    ['true-folder', 'authentic', 'V-1 F-1 T-3', 'The third edition, as it was signed.'],
    site,
  ),
  zipCase(['true-zip', 'authentic', 'V-1 Z-16', 'The same, as a zip.'], site),
  makeCase(['g-car-named-zip', 'authentic', 'G-1', 'A CAR under the name of a zip is a CAR.'], {
    ending: '.zip',
    bytes: carOf(site),
  }),
  makeCase(['g-zip-without-ending', 'authentic', 'G-1', 'A zip is one by its first bytes.'], {
    ending: '.bin',
    bytes: zipOf(site),
  }),
  makeCase(['g-notes', null, 'G-1 V-2', 'A text is neither a folder, nor a zip, nor a CAR.'], {
    ending: '.txt',
    bytes: Buffer.from('Notes on the garden\n'),
  }),
  makeCase(
    [
      'g-symbolic-link',
      'injected',
      'G-3',
      'A page is a link to another page: it can lead elsewhere later.',
    ],
    { files: edit(site, { 'en/home.html': null }), links: { 'en/home.html': 'give.html' } },
  ),
  zipCase(
    [
      'g-long-edition',
      'tampered',
      'G-4 E-1',
      'EDITION.txt has more bytes than any true one, and is not read.',
    ],
    edit(site, { 'EDITION.txt': (bytes) => `${bytes.toString()}${'x'.repeat(16_384)}` }),
  ),
  folderCase(
    ['f-page-changed', 'tampered', 'F-1', 'A page has other words than were signed.'],
    edit(site, { 'en/home.html': replace('grows', 'grew') }),
  ),
  zipCase(
    ['f-page-missing', 'incomplete', 'F-1', 'A page of the manifest is not there.'],
    edit(site, { 'en/give.html': null }),
  ),
  folderCase(
    [
      'f-page-older',
      'mixed',
      'F-1',
      'A page is that of edition 2, which the clone knows: an account of then, perhaps.',
    ],
    edit(site, { 'en/give.html': second.site.get('en/give.html') ?? '' }),
  ),
  zipCase(
    [
      'f-page-older-unknown',
      'tampered',
      'F-1',
      'The same for who was given keys, and knows no edition.',
    ],
    edit(site, { 'en/give.html': second.site.get('en/give.html') ?? '' }),
    given([anna, boris, dora], 2),
  ),
  zipCase(
    ['f-page-added', 'injected', 'F-2', 'A page that the manifest does not name.'],
    edit(site, { 'en/login.html': '<!DOCTYPE html><title>Log in</title>\n' }),
  ),
  zipCase(
    [
      'f-list-of-clone',
      'tampered',
      'F-1 F-2',
      'The manifest fits the changed page, and is not the one that the clone knows.',
    ],
    (() => {
      const changed = edit(site, { 'en/home.html': replace('grows', 'grew') });
      return edit(changed, { SHA256SUMS: manifestText(changed) });
    })(),
  ),
  zipCase(
    [
      'f-file-of-other-folder',
      'injected',
      'F-2',
      'SHA256SUMS in another folder than the root is a file like any other.',
    ],
    edit(site, { 'en/SHA256SUMS': site.get('SHA256SUMS') ?? '' }),
  ),
  zipCase(
    [
      'v-mixed-manifest',
      'mixed',
      'V-3',
      'The manifest of edition 2 next to the EDITION.txt of edition 3.',
    ],
    edit(site, { SHA256SUMS: second.site.get('SHA256SUMS') ?? '' }),
  ),
  zipCase(
    [
      'v-gravest',
      'mixed',
      'V-1 F-1 F-2',
      'A page missing, one added, one changed and one of another edition: the gravest decides.',
    ],
    edit(site, {
      'index.html': null,
      'en/login.html': 'x',
      'en/home.html': 'y',
      'en/give.html': first.site.get('en/give.html') ?? '',
    }),
  ),
  zipCase(
    ['a-robots', 'authentic', 'A-1', 'Rules for search engines that name paths of the site only.'],
    edit(sole.site, {
      'robots.txt': 'User-agent: *\r\nDisallow: /en/gi\r\nAllow: /*\r\nCrawl-delay: 10\r\n\r\n',
    }),
    givenSole,
  ),
  zipCase(
    ['a-robots-words', 'injected', 'A-1', 'A path of words that is none of the site.'],
    edit(sole.site, { 'robots.txt': 'User-agent: *\nDisallow: /write-to-mallory\n' }),
    givenSole,
  ),
  zipCase(
    ['a-robots-latin1', 'injected', 'A-1', 'Rules that are no UTF-8.'],
    edit(sole.site, { 'robots.txt': Buffer.from('User-agent: *\nDisallow: /\xe9\n', 'latin1') }),
    givenSole,
  ),
  zipCase(
    ['a-robots-comment', 'injected', 'A-1', 'A comment, which only readers read.'],
    edit(sole.site, { 'robots.txt': '# write to mallory\nUser-agent: *\n' }),
    givenSole,
  ),
  zipCase(
    ['a-cname', 'authentic', 'A-2 A-3', 'The marks of GitHub Pages.'],
    edit(sole.site, { CNAME: 'garden.example\n', '.nojekyll': '' }),
    givenSole,
  ),
  zipCase(
    ['a-cname-words', 'injected', 'A-2', 'A sentence in place of a name.'],
    edit(sole.site, { CNAME: 'write to mallory\n' }),
    givenSole,
  ),
  zipCase(
    ['a-nojekyll-words', 'injected', 'A-3', 'A mark that is not empty.'],
    edit(sole.site, { '.nojekyll': 'x' }),
    givenSole,
  ),
  zipCase(
    ['a-headers', 'authentic', 'A-4', 'A copy of a file of the site under the name of a host.'],
    edit(sole.site, { _headers: headers }),
    givenSole,
  ),
  zipCase(
    [
      'a-headers-others',
      'injected',
      'A-4',
      'Settings of a host that are not those of the site: all addresses may lead elsewhere.',
    ],
    edit(sole.site, { _headers: '/*\n  Refresh: 0;url=https://elsewhere.example/\n' }),
    givenSole,
  ),
  zipCase(
    ['a-htaccess-missing', 'injected', 'A-4', 'The site has no hosting/apache.txt to copy.'],
    edit(sole.site, { '.htaccess': headers }),
    givenSole,
  ),
  zipCase(
    ['a-ds-store-page', 'injected', 'A-5', 'A page under a name that macOS uses: no by-product.'],
    edit(sole.site, { 'en/.DS_Store': '<!DOCTYPE html>' }),
    givenSole,
  ),
  zipCase(
    ['a-nojekyll-below', 'injected', 'A-3', 'A mark that hosts look for in the root alone.'],
    edit(sole.site, { 'en/.nojekyll': '' }),
    givenSole,
  ),
  zipCase(
    ['g-one-folder-down', 'authentic', 'G-5', 'A zip of the folder, as file managers make it.'],
    below(sole.site, 'garden/'),
    givenSole,
  ),
  zipCase(
    ['g-around-the-folder', 'injected', 'G-5 F-2', 'The same, and a page next to the folder.'],
    edit(below(sole.site, 'garden/'), { 'login.html': 'x' }),
    givenSole,
  ),
  zipCase(
    [
      'g-download-around',
      'injected',
      'G-5 F-2',
      'The same, and a page in a folder download/ next to it, which is not that of the site.',
    ],
    edit(below(sole.site, 'garden/'), { 'download/page.html': 'x' }),
    givenSole,
  ),
  zipCase(
    ['g-signature-around', 'injected', 'G-5 S-9', 'The same, and a signature next to it.'],
    edit(below(sole.site, 'garden/'), {
      [signatureName(anna)]: sole.site.get(signatureName(anna)) ?? '',
    }),
    givenSole,
  ),
  zipCase(
    ['g-archives-below', 'authentic', 'G-5 D-1', 'The same with an archive of the site in it.'],
    below(edit(sole.site, { 'download/garden-1.zip': zipOf(sole.site) }), 'garden/'),
    givenSole,
  ),
  zipCase(
    [
      'g-empty-folder-around',
      'injected',
      'G-5 F-3',
      'An empty folder next to it, whose name is the message.',
    ],
    makeZip([...zipEntries(below(sole.site, 'garden/')), { name: 'Write to mallory/' }]),
    givenSole,
  ),
  zipCase(
    [
      'g-two-folders',
      'injected',
      'G-5 F-2',
      'Two folders that could be the site: nobody can say which is meant.',
    ],
    new Map([...below(sole.site, 'a/'), ...below(sole.site, 'b/')]),
    givenSole,
  ),
  carCase(
    ['g-two-folders-down', 'injected', 'G-5 F-2', 'A site two folders down is not looked for.'],
    below(sole.site, 'a/garden/'),
    givenSole,
  ),
];

/** The same files in a folder. */
function below(files: Site, folder: string): Site {
  return new Map([...files].map(([path, bytes]) => [folder + path, bytes]));
}
