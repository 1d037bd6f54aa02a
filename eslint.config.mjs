import astro from 'eslint-plugin-astro';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What Astro's files may not import: dependency-cruiser reads TypeScript alone, and holds these
 * borders there.
 */
const forbid = (files, folders, message) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: [{ group: folders.map((folder) => `**/${folder}/**`), message }] },
    ],
  },
});

export default defineConfig(
  globalIgnores([
    'dist',
    '.astro',
    'src/content',
    'src/kit/{core,node}/vendor/*.js',
    'tests/fixtures',
    '**/node_modules',
  ]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      // The nearest tsconfig.json; the command of the lab is a file of the lab's.
      parserOptions: {
        projectService: {
          allowDefaultProject: ['scripts/lab.ts'],
          defaultProject: 'scripts/lab/tsconfig.json',
        },
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type X }` still runs the file, and changes the order of what is bundled.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Listeners of events may be asynchronous: nobody waits for them.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false } },
      ],
      // "async" alone turns what a function throws into a rejection, which is what callers of an
      // interface wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  // Matchers such as expect.stringMatching() are of the type any, as vitest has them.
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  astro.configs['recommended'],
  astro.configs['jsx-a11y-recommended'],
  // A template: the step that writes the list of files fills the link of each row.
  {
    files: ['src/pages/files.astro'],
    rules: { 'astro/jsx-a11y/anchor-has-content': 'off', 'astro/jsx-a11y/anchor-is-valid': 'off' },
  },
  // A declaration of globals has no imports, or it would be a module.
  { files: ['src/env.d.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  // What dependency-cruiser does not see: names that Node has without an import.
  {
    files: ['src/kit/core/**/*.ts', 'src/kit/browser/**/*.ts', 'src/check-page/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Buffer', 'process', 'global', 'require', 'setImmediate', '__dirname'].map((name) => ({
          name,
          message: 'This runs in browsers: see src/kit/core/platform.ts.',
        })),
      ],
    },
  },
  forbid(
    ['src/components/**/*.astro'],
    ['layouts', 'pages', 'integrations', 'scripts'],
    'Components know no page and no layout.',
  ),
  forbid(['src/layouts/**/*.astro'], ['pages', 'integrations', 'scripts'], 'Layouts know no page.'),
  forbid(['src/pages/**/*.astro'], ['integrations', 'scripts'], 'Pages ask data and lib.'),
);
