/**
 * Which folder may import which: docs/architecture.md draws the same. Imports go one way, and no
 * file or folder is in a circle.
 *   scripts → src
 *   pages, components, layouts → data, lib → campaign → kit
 *   integrations → campaign, lib, kit
 *   inside of the kit: node → core, browser → core;   check-page → kit/core, kit/browser
 */
const onlyTo = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^${from}/` },
  to: {
    path: '^(?:src|scripts|tests)/',
    pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}`)],
  },
});

const styles = 'src/styles/';

module.exports = {
  forbidden: [
    {
      name: 'no-circle-of-files',
      severity: 'error',
      comment:
        'Two files that need each other cannot be read or tested apart: move what both need into a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-import',
      severity: 'error',
      comment: 'The types of the project leave the lab out, whose packages they do not need.',
      from: {},
      to: { couldNotResolve: true, path: '^\\.' },
    },
    {
      name: 'no-circle-of-folders',
      severity: 'error',
      comment: 'A folder and its own subfolders count as one.',
      scope: 'folder',
      from: { path: '^((?:src|scripts)/.+)$' },
      to: { circular: true, pathNot: ['^$1/', '^$1$'] },
    },
    onlyTo(
      'kit',
      'src/kit',
      [],
      'The kit checks and mirrors any site: it knows nothing of the rest.',
    ),
    onlyTo(
      'kit-core',
      'src/kit/core',
      [],
      'The core runs in browsers too: what needs a platform is handed in (core/platform.ts).',
    ),
    onlyTo(
      'kit-node',
      'src/kit/node',
      ['src/kit/core/'],
      'Node and browsers are two platforms of one core, and know nothing of each other.',
    ),
    onlyTo(
      'kit-browser',
      'src/kit/browser',
      ['src/kit/core/'],
      'Node and browsers are two platforms of one core, and know nothing of each other.',
    ),
    onlyTo(
      'check-page',
      'src/check-page',
      ['src/kit/core/', 'src/kit/browser/'],
      'The page that checks copies holds the kit and its own words, and nothing of a campaign.',
    ),
    {
      name: 'site-without-checker',
      severity: 'error',
      comment: 'The page that checks copies is released next to the site, never in it.',
      from: { path: '^src/', pathNot: '^src/(?:check-page|kit/browser)/' },
      to: { path: '^src/(?:check-page|kit/browser)/' },
    },
    {
      name: 'browsers-without-node',
      severity: 'error',
      comment: 'A browser has no node:*; the primitives come through core/platform.ts.',
      from: { path: '^src/(?:kit/core|kit/browser|check-page)/' },
      to: { dependencyTypes: ['core'] },
    },
    onlyTo('campaign', 'src/campaign', ['src/kit/'], 'What a campaign may hold; no Astro.'),
    onlyTo('lib', 'src/lib', ['src/campaign/', 'src/kit/'], 'Pure helpers of pages.'),
    onlyTo(
      'data',
      'src/data',
      ['src/lib/', 'src/campaign/', 'src/kit/'],
      'The only callers of getCollection.',
    ),
    onlyTo(
      'components',
      'src/components',
      ['src/data/', 'src/lib/', 'src/campaign/', 'src/kit/', styles],
      'Components know no page and no layout.',
    ),
    onlyTo(
      'layouts',
      'src/layouts',
      ['src/components/', 'src/data/', 'src/lib/', 'src/campaign/', 'src/kit/', styles],
      'Layouts know no page.',
    ),
    onlyTo(
      'pages',
      'src/pages',
      [
        'src/layouts/',
        'src/components/',
        'src/data/',
        'src/lib/',
        'src/campaign/',
        'src/kit/',
        'src/search/',
        styles,
      ],
      'Nothing imports a page.',
    ),
    onlyTo(
      'integrations',
      'src/integrations',
      ['src/campaign/', 'src/lib/', 'src/kit/'],
      'Steps over built pages know them by their marks only.',
    ),
    {
      name: 'src-without-scripts',
      severity: 'error',
      comment: 'Commands are the outermost layer.',
      from: { path: '^src/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'lab-knows-the-kit-only',
      severity: 'error',
      comment: 'The lab is a stranger to what built the site.',
      from: { path: '^scripts/lab/' },
      to: {
        path: '^src/',
        pathNot: '^src/kit/',
      },
    },
    {
      name: 'campaign-without-astro',
      severity: 'error',
      comment:
        'Editors’ checks run without a site build. Zod comes through astro/zod, which loads nothing else of Astro; front matter is cut by Astro’s own function, since two different cuts would be an attack.',
      from: { path: '^src/(?:kit|campaign|lib)/' },
      to: {
        path: '^(?:astro|node_modules/astro)',
        pathNot: 'astro/(?:dist/)?zod|^astro/(?:zod|markdown)$',
      },
    },
    {
      name: 'kit-without-packages',
      severity: 'error',
      comment:
        'Whoever has a clone and Node can check a copy: packing alone needs packages, and no checking imports it.',
      from: { path: '^src/kit/', pathNot: '^src/kit/node/pack/' },
      to: { pathNot: '^src/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|node_modules|src/content)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.astro', '.json'] },
  },
};
