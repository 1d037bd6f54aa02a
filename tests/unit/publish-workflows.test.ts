import { globSync, readFileSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

/** As much of both formats as these files use; anything else is a fault. */
interface GitHubJob {
  if?: string;
  strategy?: { matrix?: Record<string, unknown> };
  permissions?: Record<string, string>;
  steps?: { uses?: string; run?: string; with?: Record<string, unknown> }[];
}
interface GitHubWorkflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, GitHubJob>;
}
interface GitLabJob {
  image?: string;
  rules?: { if?: string; when?: string }[];
  script?: string[];
  artifacts?: { paths?: string[] };
  pages?: { publish?: string };
}

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};
const files = {
  github: '.github/workflows/pages.yml',
  gitlab: '.gitlab-ci.yml',
  check: '.github/workflows/check.yml',
};

const commandsIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => [...line.matchAll(/npm run (\S+)/g)].map(([, name = '']) => name));

const findUnknown = (commands: readonly string[]): string[] =>
  commands
    .filter((name) => scripts[name] === undefined)
    .map((name) => `"npm run ${name}" is no command of package.json`);

/**
 * The commands of ours in the lines of a job that publishes, each of which has to be there, in this
 * order.
 */
function judgeCommands(lines: readonly string[]): string[] {
  const commands = commandsIn(lines);
  const others = lines
    .filter(
      (line) =>
        !/^(?:npm run (?:build|verify -- dist --allow-unsigned)|touch dist\/\.nojekyll)$/.test(
          line,
        ),
    )
    .map((line) => `it runs "${line}", which is not needed to publish`);
  return [
    ...findUnknown(commands),
    ...others,
    ...(commands.join() === 'build,verify'
      ? []
      : [`it runs ${commands.join(', ')}, expected build, then verify`]),
  ];
}

/** What of a secret or of another's text would come into a command. */
const judgeText = (text: string): string[] => [
  ...(/secrets\.|GITHUB_TOKEN|CI_JOB_TOKEN|_PASSWORD/.test(text) ? ['it uses a secret'] : []),
  ...(/run:.*\$\{\{/.test(text) ? ['it puts a value from outside into a command'] : []),
];

const stepsOf = ({ jobs }: GitHubWorkflow) => Object.values(jobs).flatMap((job) => job.steps ?? []);

/**
 * What holds for each workflow of GitHub: when it runs, what its jobs may do, whose code it runs.
 */
function judgeRights(
  workflow: GitHubWorkflow,
  events: readonly string[],
  needed: Record<string, Record<string, string>>,
): string[] {
  const { on, permissions, jobs } = workflow;
  const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  return [
    ...Object.keys(on)
      .filter((event) => !events.includes(event))
      .map((event) => `it runs on ${event}, which nobody asked for`),
    ...(JSON.stringify(permissions) === '{}' ? [] : ['jobs begin with permissions']),
    ...Object.entries(jobs)
      .filter(([name, job]) => JSON.stringify(job.permissions) !== JSON.stringify(needed[name]))
      .map(
        ([name, job]) =>
          `the job ${name} may ${JSON.stringify(job.permissions)}, ` +
          `expected ${JSON.stringify(needed[name])}`,
      ),
    ...stepsOf(workflow).flatMap(({ uses }) =>
      uses === undefined || /^actions\/[\w-]+@[0-9a-f]{40}$/.test(uses)
        ? []
        : [`${uses} is not of GitHub itself, or can be moved to other code`],
    ),
    ...(checkouts.length > 0 &&
    checkouts.every((step) => step.with?.['persist-credentials'] === false)
      ? []
      : ['a job can read the credentials of the checkout']),
  ];
}

function judgeGitHub(text: string): string[] {
  const workflow = parse(text) as GitHubWorkflow;
  const steps = stepsOf(workflow);
  const uploads = steps.filter(({ uses }) => uses?.includes('upload'));
  return [
    ...judgeRights(workflow, ['push', 'workflow_dispatch'], {
      build: { contents: 'read' },
      publish: { pages: 'write', 'id-token': 'write' },
    }),
    ...Object.entries(workflow.jobs)
      .filter(([, job]) => job.if !== "vars.PUBLISH_MIRROR == 'true'")
      .map(([name]) => `the job ${name} runs without being switched on`),
    ...(uploads.length === 1 && uploads[0]?.with?.['path'] === 'dist'
      ? []
      : ['something else than dist is published']),
    ...(steps.some(({ run }) => run === 'touch dist/.nojekyll') &&
    uploads[0]?.with?.['include-hidden-files'] === true
      ? []
      : ['dist/.nojekyll does not reach Pages']),
    ...judgeCommands(steps.flatMap(({ run }) => run ?? [])),
    ...judgeText(text),
  ];
}

/**
 * The actions that the workflow of a fork runs: the check brings no others, and none at another
 * commit.
 */
const published = stepsOf(parse(readFileSync(files.github, 'utf8')) as GitHubWorkflow).flatMap(
  ({ uses }) => uses ?? [],
);

function judgeCheck(text: string): string[] {
  const workflow = parse(text) as GitHubWorkflow;
  const steps = stepsOf(workflow);
  const lines = steps.flatMap(({ run }) => run ?? []);
  const commands = commandsIn(lines);
  const systems = Object.values(workflow.jobs).flatMap((job) => job.strategy?.matrix?.['system']);
  return [
    ...judgeRights(workflow, ['pull_request'], {
      texts: { contents: 'read' },
      check: { contents: 'read' },
    }),
    ...steps.flatMap(({ uses }) =>
      uses === undefined || published.includes(uses)
        ? []
        : [`${uses} is no action of ${files.github}, or of another commit`],
    ),
    ...findUnknown(commands),
    ...lines
      .filter((line) => !/^npm run [\w:]+$/.test(line))
      .map((line) => `it runs "${line}", which is no command of ours`),
    ...['build', 'spell', 'lint', 'types', 'check:lab', 'test:unit', 'test:kit']
      .filter((name) => !commands.includes(name))
      .map((name) => `it does not run ${name}`),
    ...['ubuntu-latest', 'macos-latest', 'windows-latest']
      .filter((system) => !systems.flat().includes(system))
      .map((system) => `it does not run on ${system}`),
    ...judgeText(text),
  ];
}

function judgeGitLab(text: string): string[] {
  const { workflow, ...jobs } = parse(text) as {
    workflow?: { rules?: { if?: string }[] };
  } & Record<string, GitLabJob>;
  const on = '$PUBLISH_MIRROR == "true"';
  const asked = `${on} && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && ($CI_PIPELINE_SOURCE == "push" || $CI_PIPELINE_SOURCE == "web")`;
  return [
    ...(workflow?.rules?.length === 1 && workflow.rules[0]?.if === asked
      ? []
      : ['a pipeline is made without being switched on, or when nobody asked for it']),
    ...Object.entries(jobs).flatMap(([name, { image, rules, script, artifacts, pages }]) => [
      ...(/@sha256:[0-9a-f]{64}$/.test(image ?? '')
        ? []
        : [`the job ${name} runs in the image ${image}, whose tag can be moved: name its hash`]),
      ...(rules?.length === 1 && rules[0]?.if === on && rules[0].when === undefined
        ? []
        : [`the job ${name} runs without being switched on`]),
      ...(artifacts?.paths?.join() === 'dist' && pages?.publish === 'dist'
        ? []
        : [`the job ${name} publishes something else than dist`]),
      ...judgeCommands(script ?? []),
    ]),
    ...judgeText(text),
  ];
}

const judges = { github: judgeGitHub, gitlab: judgeGitLab, check: judgeCheck };
const read = (kind: keyof typeof files) => readFileSync(files[kind], 'utf8');

describe('a workflow is refused', () => {
  test.each<
    [kind: keyof typeof files, name: string, from: string | RegExp, to: string, expected: string]
  >([
    [
      'github',
      'that runs without the variable',
      "    if: vars.PUBLISH_MIRROR == 'true'\n    runs-on",
      '    runs-on',
      'the job build runs without being switched on',
    ],
    [
      'github',
      'that publishes without the variable',
      "    if: vars.PUBLISH_MIRROR == 'true'\n    needs",
      '    needs',
      'the job publish runs without being switched on',
    ],
    [
      'github',
      'with a schedule',
      '  workflow_dispatch:',
      '  workflow_dispatch:\n  schedule: [{ cron: "0 4 * * *" }]',
      'it runs on schedule',
    ],
    [
      'github',
      'that any pull request starts',
      '  workflow_dispatch:',
      '  pull_request_target:',
      'it runs on pull_request_target',
    ],
    [
      'github',
      'that may write into the fork',
      'contents: read',
      'contents: write',
      'the job build may {"contents":"write"}',
    ],
    [
      'github',
      'whose jobs all may something',
      'permissions: {}',
      'permissions: { contents: read }',
      'jobs begin with permissions',
    ],
    [
      'github',
      'with an action that can be moved',
      /deploy-pages@\w+/,
      'deploy-pages@v5',
      'actions/deploy-pages@v5 is not of GitHub itself, or can be moved',
    ],
    [
      'github',
      'with an action of somebody else',
      'actions/deploy-pages@',
      'somebody/deploy-pages@',
      'somebody/deploy-pages@',
    ],
    [
      'github',
      'that publishes the whole clone',
      'path: dist',
      'path: .',
      'something else than dist is published',
    ],
    [
      'github',
      'that publishes what was not verified',
      '      - run: npm run verify -- dist --allow-unsigned\n',
      '',
      'it runs build, expected build, then verify',
    ],
    [
      'github',
      'that leaves the folder to Jekyll',
      '      - run: touch dist/.nojekyll # else Pages may leave out what begins with an underscore\n',
      '',
      'dist/.nojekyll does not reach Pages',
    ],
    [
      'github',
      'with a secret',
      'npm run build',
      'npm run build ${{ secrets.KEY }}',
      'it uses a secret',
    ],
    [
      'github',
      'with a command that is not there',
      'npm run build',
      'npm run bild',
      '"npm run bild" is no command',
    ],
    [
      'gitlab',
      'in an image that can be exchanged',
      /@sha256:[0-9a-f]+/,
      '',
      'the job pages runs in the image node:24-bookworm, whose tag can be moved',
    ],
    [
      'gitlab',
      'whose pipelines are always made',
      /^workflow:\n(?: .*\n)+/m,
      '',
      'a pipeline is made without being switched on',
    ],
    [
      'gitlab',
      'that a schedule starts',
      '$CI_PIPELINE_SOURCE == "web"',
      '$CI_PIPELINE_SOURCE == "schedule"',
      'or when nobody asked for it',
    ],
    [
      'gitlab',
      'that runs without the variable',
      '  rules:\n    - if: $PUBLISH_MIRROR == "true"\n  script',
      '  script',
      'the job pages runs without being switched on',
    ],
    [
      'gitlab',
      'that publishes the whole clone',
      'publish: dist',
      'publish: .',
      'publishes something else than dist',
    ],
    [
      'gitlab',
      'that keeps more than dist',
      '      - dist\n',
      '      - dist\n      - node_modules\n',
      'publishes something else than dist',
    ],
    [
      'gitlab',
      'that publishes what was not verified',
      '    - npm run verify -- dist --allow-unsigned\n',
      '',
      'it runs build, expected build, then verify',
    ],
    [
      'gitlab',
      'with a second job',
      'pages:\n  #',
      'other:\n  script: [npm test]\npages:\n  #',
      'the job other runs without being switched on',
    ],
    [
      'check',
      'that gives the rights of the repository to the code of a stranger',
      '  pull_request:',
      '  pull_request_target:',
      'it runs on pull_request_target',
    ],
    [
      'check',
      'whose jobs all may something',
      'permissions: {}',
      'permissions: { contents: read }',
      'jobs begin with permissions',
    ],
    [
      'check',
      'without a word on permissions',
      'permissions: {}\n',
      '',
      'jobs begin with permissions',
    ],
    [
      'check',
      'that may write',
      'contents: read',
      'contents: write',
      'the job texts may {"contents":"write"}',
    ],
    [
      'check',
      'with an action that can be moved',
      /checkout@\w+/,
      'checkout@v7',
      'actions/checkout@v7 is not of GitHub itself, or can be moved',
    ],
    [
      'check',
      'with an action of another commit than the one of a fork',
      /checkout@\w{4}/,
      'checkout@0000',
      'is no action of .github/workflows/pages.yml, or of another commit',
    ],
    [
      'check',
      'with an action that the workflow of a fork does not run',
      '      - run: npm run lint',
      `      - uses: actions/cache@${'0'.repeat(40)}\n      - run: npm run lint`,
      'is no action of .github/workflows/pages.yml, or of another commit',
    ],
    [
      'check',
      'that leaves its credentials to what it checks',
      'persist-credentials: false',
      'persist-credentials: true',
      'a job can read the credentials of the checkout',
    ],
    ['check', 'with a secret', 'npm run lint', 'npm run ${{ secrets.KEY }}', 'it uses a secret'],
    [
      'check',
      'with a value from outside in a command',
      'npm run lint',
      'npm run lint ${{ github.event.pull_request.title }}',
      'it puts a value from outside into a command',
    ],
    [
      'check',
      'that fetches and runs something',
      'npm run lint',
      'npx somebody/linter',
      'it runs "npx somebody/linter", which is no command of ours',
    ],
    ['check', 'without types', '      - run: npm run types\n', '', 'it does not run types'],
    ['check', 'without a build', '      - run: npm run build\n', '', 'it does not run build'],
    [
      'check',
      'with a command that is not there',
      'npm run test:kit',
      'npm run test:kitt',
      '"npm run test:kitt" is no command',
    ],
    ['check', 'without Windows', ', windows-latest', '', 'it does not run on windows-latest'],
  ])('on %s, %s', (kind, _name, from, to, expected) => {
    const changed = read(kind).replace(from, to);
    expect(changed).not.toBe(read(kind));
    expect(judges[kind](changed).join('\n')).toContain(expected);
  });
});

test.each(['github', 'gitlab'] as const)(
  'the workflow of a fork on %s publishes nothing but the verified site, and only where it is switched on',
  (kind) => {
    expect(judges[kind](read(kind))).toEqual([]);
  },
);

test('the workflow of pull requests may only read, and checks on three systems', () => {
  expect(judges.check(read('check'))).toEqual([]);
});

test('there is no other workflow', () => {
  expect(readdirSync('.github/workflows').sort()).toEqual(['check.yml', 'pages.yml']);
});

test('updates are proposed for each lock of packages, and for actions', () => {
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
    updates: { 'package-ecosystem': string; directory: string; groups: object }[];
  };
  const locks = globSync('**/package-lock.json', { exclude: ['**/node_modules', 'dist'] }).map(
    (path) => `npm /${path.split(sep).slice(0, -1).join('/')}`,
  );
  expect(
    updates.map((update) => `${update['package-ecosystem']} ${update.directory}`).sort(),
  ).toEqual([...locks, 'github-actions /'].sort());
  expect(updates.every(({ groups }) => Object.keys(groups).length > 0)).toBe(true);
});
