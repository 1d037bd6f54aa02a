import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordKinds } from '../../scripts/new/record.ts';
import { makeFolder } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';

const pages = globSync([
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/*.md',
  'docs/hosting/*.md',
]).sort();
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};

/** A command of the shell, in a span or line of code. */
const isCommand =
  /^(?:[A-Z_]+=\S+ )*(?:cd|npm|npx|node|git|minisign|sha256sum|shasum|wget|lynx) \S/;

/** The commands that a page names, each once, without what comments say of them. */
function findCommands(markdown: string): string[] {
  const lines = [...markdown.matchAll(/^ *```(?:sh|bash)\n([^]*?)^ *```/gm)].flatMap(
    ([, block = '']) => block.split('\n'),
  );
  const spans = [...markdown.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => isCommand.test(code));
  const commands = [...lines, ...spans]
    .flatMap((line) => line.replace(/(?:^|\s+)# .*$/, '').split(' && '))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...new Set(commands)];
}

/** What runs a command of the pages: a file, and words in it by which it does. */
type Runner = readonly [command: RegExp, file: string, words: string];

const npm = (script: string): RegExp => new RegExp(`^(?:[A-Z_]+=\\S+ )*npm run ${script}(?: |$)`);
const here = 'tests/unit/doc-commands.test.ts';
const runners: readonly Runner[] = [
  [/^(?:PORT=\d+ )?npm start$/, 'tests/build/start.test.ts', 'scripts/start.ts'],
  [npm('demo'), 'tests/build/demo.test.ts', 'scripts/demo.ts'],
  [npm('dev'), 'tests/build/dev.test.ts', 'scripts/dev.ts'],
  [npm('check'), 'tests/unit/check-campaign.test.ts', 'scripts/check.ts'],
  [npm('schemas'), 'tests/unit/json-schemas.test.ts', 'scripts/schemas.ts'],
  [
    npm('translations(?: -- --(?:lang|html) .*)?$'),
    'tests/unit/translations.test.ts',
    'scripts/translations.ts',
  ],
  [npm('translations -- (?:ex|im)port'), 'tests/unit/translations-po.test.ts', "run('import')"],
  [npm('build'), 'tests/helpers/build.ts', "runCommand('build.ts'"],
  [npm('verify'), 'tests/helpers/run-verify.ts', 'scripts/verify.ts'],
  [npm('mirror'), 'tests/build/first-edition.test.ts', 'scripts/mirror.ts'],
  [npm('publish'), 'tests/helpers/run-publish.ts', 'publish.ts'],
  [npm('zim'), 'tests/build/zim.test.ts', 'scripts/zim/zim.ts'],
  [/^zimdump show --url=/, 'tests/build/zim.test.ts', "'zimdump'"],
  [npm('mail'), 'tests/build/digests.test.ts', 'scripts/mail.ts'],
  [npm('keygen'), 'tests/build/sign.test.ts', "clone.run('keygen'"],
  [npm('new(?: -- edition.*)?$'), 'tests/build/sign.test.ts', "clone.run('new', ['edition'"],
  [npm('new -- update'), 'tests/unit/new-update.test.ts', 'update'],
  [npm('new -- campaign'), 'tests/build/new-campaign.test.ts', 'scripts/new.ts'],
  [npm('new -- interface'), 'tests/unit/new-interface.test.ts', 'completeInterfaces('],
  [npm('new -- guide'), 'tests/unit/new-files.test.ts', 'writeGuide('],
  [npm('new -- translation'), 'tests/unit/new-files.test.ts', 'writeTranslation('],
  [
    npm(`new -- (?:${Object.keys(recordKinds).join('|')})`),
    'tests/unit/new-files.test.ts',
    'writeRecord(',
  ],
  [npm('sign'), 'tests/build/sign.test.ts', "clone.run('sign'"],
  [npm('attest'), 'tests/build/sign.test.ts', "clone.run('attest'"],
  [npm('release'), 'tests/build/sign.test.ts', "clone.run('release'"],
  [npm('spell'), 'tests/build/spelling.test.ts', "runCommand('spell.ts'"],
  [npm('search-quality'), 'tests/build/search-quality.test.ts', 'scripts/search/'],
  [npm('sizes'), 'tests/unit/page-sizes.test.ts', 'page-sizes.ts'],
  [npm('bench'), 'tests/unit/bench.test.ts', 'scripts/bench/'],
  [npm('lab'), 'tests/lab/command.test.ts', 'scripts/lab.ts'],
  [npm('(?:lint|types|check:lab)'), 'scripts/test.ts', 'synced:lint'],
  [npm('test:unit'), '.github/workflows/check.yml', 'npm run test:unit'],
  [npm('test:kit'), '.github/workflows/check.yml', 'npm run test:kit'],
  [/^npm test(?: -- .*)?$/, '.ci/run', 'npm test'],
  [/^npm ci$/, 'tests/unit/install.test.ts', '^ci '],
  [/^node scripts\/verify\.ts COPY$/, 'tests/helpers/run-verify.ts', 'scripts/verify.ts'],
  [/^node verify\.mjs verify COPY --key/, 'tests/kit/verify-bundle.test.ts', "'verify'"],
  [/^node tests\/vectors\/make\.ts$/, 'tests/kit/vectors.test.ts', 'makeVectors('],
  [/^node scripts\/run\.mjs prettier --write PATH$/, 'package.json', 'run.mjs prettier'],
  [/^node scripts\/run\.mjs tests\/helpers\/screenshots\.ts/, 'tests/helpers/screenshots.ts', ''],
  [/^node scripts\/run\.mjs scripts\/complete-lock\.ts/, 'tests/unit/locks.test.ts', 'integrity'],
  [/^minisign -Vm /, 'tests/build/sign.test.ts', "'minisign', ['-V'"],
  [/^minisign -S -m /, 'tests/kit/minisign-program.test.ts', "['-Sm'"],
  [/^sha256sum --check/, 'tests/build/sign.test.ts', "'sha256sum', ['--quiet', '--check'"],
  [/^wget --mirror --no-parent/, 'tests/build/sign.test.ts', "'--no-host-directories'"],
  [/^lynx dist\//, 'scripts/lab/clients/text-browsers.ts', 'lynx'],
  [/^(?:git |cd )/, here, 'runBlock('],
  // Nothing runs these: they need an account at somebody's, or ask; their page says so.
  [/^npx netlify-cli /, 'docs/hosting/netlify.md', '**Not tried:**'],
  [/^npx wrangler /, 'docs/hosting/cloudflare.md', '**Not tried:**'],
  [
    /^ipfs (?:config profile apply|add) /,
    'docs/hosting/ipfs.md',
    '**Not tried:** the two commands',
  ],
  [/^rclone config$/, 'docs/hosting/web-host.md', '**Not tried:**'],
  [/lighthouse/, 'docs/developers.md', 'By hand'],
];

const findRunners = (command: string): readonly Runner[] =>
  runners.filter(([pattern]) => pattern.test(command));

describe('a command in a page is found', () => {
  test.each([
    ['in a block, without its comment', '```sh\nnpm run gone     # does it\n```', ['npm run gone']],
    ['in a block of a list', '1. So:\n\n   ```sh\n   git gone\n   ```', ['git gone']],
    ['in a span', 'Run `npm run gone -- X`.', ['npm run gone -- X']],
    ['in a row', 'Then `git add . && npm run gone`.', ['git add .', 'npm run gone']],
    ['but not in other code', '`src/kit`, `node:*`, `checked: false`', []],
  ])('%s', (_name, markdown, commands) => {
    expect(findCommands(markdown)).toEqual(commands);
  });

  test('that nothing runs, and is named', () => {
    expect(findRunners('npm run gone')).toEqual([]);
    expect(findRunners('npm run new -- nothing')).toEqual([]);
  });
});

test.each(pages)('each command in %s is run by a test, and there is no other', (page) => {
  const unknown = findCommands(readFileSync(page, 'utf8')).filter(
    (command) => findRunners(command).length !== 1,
  );
  expect(unknown).toEqual([]);
});

test('each runner runs what it is named for, and some page names the command', () => {
  const commands = pages.flatMap((page) => findCommands(readFileSync(page, 'utf8')));
  for (const [pattern, file, words] of runners) {
    expect(
      commands.some((command) => pattern.test(command)),
      String(pattern),
    ).toBe(true);
    expect(readFileSync(file, 'utf8').includes(words), `${pattern} in ${file}`).toBe(true);
  }
});

test('the page for developers names each command of package.json', () => {
  const text = readFileSync('docs/developers.md', 'utf8') + readFileSync('CONTRIBUTING.md', 'utf8');
  const isPart = (name: string) =>
    Object.values(scripts).some((script) => script.includes(`npm run --silent ${name}`));
  const missing = Object.keys(scripts).filter(
    (name) => !isPart(name) && !new RegExp(`npm (?:run )?${name}\\b`).test(text),
  );
  expect(missing).toEqual([]);
});

/** Commands of ours with options, which their help has to name. */
const helped = [
  'check',
  'demo',
  'verify',
  'mirror',
  'keygen',
  'new',
  'sign',
  'attest',
  'publish',
] as const;

test.each(helped)(
  'each option that a page gives to %s is one that its help names',
  async (name) => {
    const { code, stdout } = await runNode([`scripts/${name}.ts`, '--help']);
    expect(code).toBe(0);
    const options = pages
      .flatMap((page) => findCommands(readFileSync(page, 'utf8')))
      .filter((command) => npm(name).test(command))
      .flatMap((command) => command.match(/ --[a-z-]+/g) ?? [])
      .map((option) => option.trim());
    expect(options.filter((option) => !stdout.includes(option))).toEqual([]);
  },
);

/** Two repositories: `hub`, which somebody has pushed to, and a clone `here`, which is behind. */
function makeRepositories(tag: string): { folder: string; git: (...words: string[]) => string } {
  const root = makeFolder('doc-git-');
  const git = (...words: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@a.invalid', '-c', 'commit.gpgsign=false', ...words],
      { cwd: root, encoding: 'utf8' },
    );
  git('init', '-q', '-b', 'main', 'work');
  for (const [file, then] of [
    ['site.yaml', ['tag', tag]],
    ['later.yaml', ['rev-parse', 'HEAD']],
  ] as const) {
    mkdirSync(join(root, 'work/src/content/editions'), { recursive: true });
    writeFileSync(join(root, 'work/src/content', file), 'x\n');
    git('-C', 'work', 'add', '-A');
    git('-C', 'work', 'commit', '-qm', file);
    git('-C', 'work', ...then);
  }
  git('clone', '-q', '--bare', 'work', 'hub');
  git('clone', '-q', 'hub', 'here');
  git('-C', 'here', 'reset', '-q', '--hard', tag);
  return { folder: join(root, 'here'), git };
}

/** Runs the commands of git in a block of a page as they are written there. */
function runBlock(page: string, contains: string, folder: string, places: Record<string, string>) {
  const block = [...readFileSync(page, 'utf8').matchAll(/^ *```sh\n([^]*?)^ *```/gm)]
    .map(([, text = '']) => text)
    .find((text) => text.includes(contains));
  const lines = (block ?? '').split('\n').filter((line) => /^\s*git /.test(line));
  if (lines.length === 0) throw new Error(`${page} has no block with ${contains}`);
  const script = Object.entries(places).reduce(
    (text, [from, to]) => text.replaceAll(from, to.replaceAll('\\', '/')),
    lines.join('\n'),
  );
  const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.skipIf(spawnSync('sh', ['-c', ':']).error)('git does what a page says', () => {
  test('a fork goes back to the commit of an edition, and publishes that', () => {
    const { folder, git } = makeRepositories('edition-3');
    git('clone', '-q', '--bare', 'hub', 'fork');
    git('-C', 'here', 'remote', 'set-url', 'origin', join(folder, '../fork'));
    const places = { 'ADDRESS-OF-THE-SOURCE': join(folder, '../hub') };
    expect(runBlock('docs/mirrors.md', 'remote add upstream', folder, places)).toMatchObject({
      status: 0,
    });
    expect(git('-C', 'fork', 'rev-parse', 'main')).toBe(
      git('-C', 'hub', 'rev-parse', 'edition-3^{commit}'),
    );
  });

  test('a holder sees what came after the last edition without pulling it', () => {
    const { folder, git } = makeRepositories('edition-7');
    const before = git('-C', 'here', 'rev-parse', 'HEAD');
    const { status, stdout } = runBlock('docs/key-holders.md', 'git log --patch', folder, {});
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('later.yaml'),
    });
    expect(git('-C', 'here', 'rev-parse', 'HEAD')).toBe(before);
  });
});
