import { createRequire } from 'node:module';
import { cruise, type IConfiguration } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../helpers/build.ts';
import { writeFiles } from '../helpers/signed-sites.ts';

const { forbidden, options } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
) as IConfiguration;

/** The names of the rules that a few planted files break. */
async function findViolations(files: Record<string, string>): Promise<string[]> {
  const baseDir = makeFolder('borders-');
  writeFiles(baseDir, { 'src/kit/sound.ts': '', 'scripts/sound.ts': '', ...files });
  const { output } = await cruise(['src', 'scripts'], {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
  });
  if (typeof output === 'string') throw new Error(output);
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))].sort();
}

/** A file that imports another one. */
const imports = (from: string, to: string): Record<string, string> => ({
  [from]: `import '${'../'.repeat(from.split('/').length - 1)}${to}';\n`,
  [to]: 'export {};\n',
});

describe('dependency-cruiser finds', () => {
  test.each<[rule: string, files: Record<string, string>]>([
    ['kit', imports('src/kit/a.ts', 'src/campaign/b.ts')],
    ['kit-core', imports('src/kit/core/a.ts', 'src/kit/node/b.ts')],
    ['browsers-without-node', { 'src/kit/core/a.ts': "import 'node:path';\n" }],
    ['browsers-without-node', { 'src/kit/browser/a.ts': "import 'node:path';\n" }],
    ['kit-node', imports('src/kit/node/a.ts', 'src/kit/pack/b.ts')],
    ['kit-browser', imports('src/kit/browser/a.ts', 'src/kit/node/b.ts')],
    ['check-page', imports('src/check-page/a.ts', 'src/kit/node/b.ts')],
    ['site-without-checker', imports('src/lib/a.ts', 'src/kit/browser/b.ts')],
    ['campaign', imports('src/campaign/a.ts', 'src/lib/b.ts')],
    ['lib', imports('src/lib/a.ts', 'src/data/b.ts')],
    ['data', imports('src/data/a.ts', 'src/components/b.ts')],
    ['components', imports('src/components/a.ts', 'src/layouts/b.ts')],
    ['layouts', imports('src/layouts/a.ts', 'src/pages/b.ts')],
    ['pages', imports('src/pages/a.ts', 'src/integrations/b.ts')],
    ['integrations', imports('src/integrations/a.ts', 'src/data/b.ts')],
    ['src-without-scripts', imports('src/search/a.ts', 'scripts/b.ts')],
    ['lab-knows-the-kit-only', imports('scripts/lab/a.ts', 'src/campaign/b.ts')],
    ['no-dead-import', { 'scripts/lab/a.ts': "import './gone.ts';\n" }],
    [
      'no-circle-of-files',
      { ...imports('src/kit/a.ts', 'src/kit/b.ts'), 'src/kit/b.ts': "import './a.ts';\n" },
    ],
    [
      'no-circle-of-folders',
      {
        ...imports('src/kit/x/a.ts', 'src/kit/y/b.ts'),
        ...imports('src/kit/y/c.ts', 'src/kit/x/d.ts'),
      },
    ],
    ['kit-without-packages', { 'src/kit/a.ts': "import 'yaml';\n" }],
    ['campaign-without-astro', { 'src/campaign/a.ts': "import 'astro/config';\n" }],
  ])('what breaks the rule "%s"', async (rule, files) => {
    expect(await findViolations(files)).toEqual([rule]);
  });

  test('nothing in imports that go one way', async () => {
    const files = {
      ...imports('src/campaign/a.ts', 'src/kit/b.ts'),
      ...imports('scripts/c.ts', 'src/lib/d.ts'),
    };
    expect(await findViolations(files)).toEqual([]);
  });
});

describe('ESLint finds', () => {
  const eslint = new ESLint();
  /**
   * Without the types of the whole project, which the rule does not need and which take a minute.
   */
  const globalsOnly = new ESLint({
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-globals',
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { projectService: false } },
    },
  });
  const lint = async (path: string, code: string, linter = eslint): Promise<string[]> => {
    const [result] = await linter.lintText(code, { filePath: path });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? '');
  };

  test.each([
    ['src/components/cards/State.astro', '../../layouts/Page.astro'],
    ['src/layouts/Page.astro', '../pages/files.astro'],
    ['src/pages/files.astro', '../integrations/post-build/dist.ts'],
  ])('an import of %s that goes up', async (path, target) => {
    const code = (name: string) => `---\nimport Target from '${name}';\n---\n<Target />\n`;
    expect(await lint(path, code(target))).toContain('no-restricted-imports');
    expect(await lint(path, code('../../lib/words.ts'))).not.toContain('no-restricted-imports');
  });

  test.each(["Buffer.from('x')", 'process.env', 'setImmediate(() => {})'])(
    'a name of Node in the core: %s',
    async (code) => {
      const lintGlobals = (path: string) => lint(path, `${code};\n`, globalsOnly);
      expect(await lintGlobals('src/kit/core/text/bytes.ts')).toEqual(['no-restricted-globals']);
      expect(await lintGlobals('src/kit/node/platform.ts')).toEqual([]);
    },
  );

  test('an image without words', async () => {
    expect(await lint('src/components/cards/State.astro', '<img src="a.png" />\n')).toContain(
      'astro/jsx-a11y/alt-text',
    );
  });
});
