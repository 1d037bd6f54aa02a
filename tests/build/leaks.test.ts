import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { changeGarden, idLine, tryBuild, type Changes } from '../helpers/build.ts';
import type { NodeOutcome } from '../helpers/run-node.ts';

const reads = 'which would tell it who reads';
/** Each would give a reader away. The message has to say what would leak, and to whom. */
const leaks: [
  name: string,
  file: string,
  change: (text: string) => string,
  found: string,
  leak: string,
][] = [
  [
    'a web font',
    'updates/en/font.md',
    (text) => `${text}\n<link rel="stylesheet" href="https://fonts.example/f.css">\n`,
    '<link rel="stylesheet" href="https://fonts.example/f.css">',
    reads,
  ],
  [
    'a frame',
    'updates/en/frame.md',
    (text) => `${text}\n<iframe src="https://video.example/1"></iframe>\n`,
    '<iframe src="https://video.example/1">',
    reads,
  ],
  [
    'a frame in MDX',
    'guides/en/frame.mdx',
    (text) => `${text}\n<iframe src="https://video.example/1" />\n`,
    '<iframe>',
    reads,
  ],
  [
    'a counter',
    'updates/en/counter.md',
    (text) => `${text}\n<script async src="https://count.example/c.js" data-domain="x"></script>\n`,
    '<script async src="https://count.example/c.js"',
    reads,
  ],
  [
    'an inline handler',
    'updates/en/handler.md',
    (text) => `${text}\n<p onclick="fetch('//count.example')">Click.</p>\n`,
    '<p onclick="fetch',
    reads,
  ],
  [
    'a style attribute',
    'updates/en/style.md',
    (text) => `${text}\n<p style="background:url(//count.example/p.gif)">Words.</p>\n`,
    '<p style="background:url(//count.example/p.gif)',
    reads,
  ],
  [
    'a picture of another host',
    'updates/en/picture.md',
    (text) => `${text}\n![Ice](https://ice.example/a.jpg)\n`,
    'an image at another host',
    'another host would learn who reads',
  ],
  [
    'an SVG with a script',
    'updates/en/drawing.md',
    (text) => `${text}\n![Ice](./ice.svg)\n`,
    'the ending of updates/en/ice.svg',
    'an SVG could hold a script, which would run where the file is opened, and tell its author who did',
  ],
  [
    'an MDX expression',
    'guides/en/expression.mdx',
    (text) => `${text}\n{process.env.HOME}\n`,
    'code: process.env.HOME',
    'code could put files of this machine into the page, or make it tell another host who reads',
  ],
  [
    'an import',
    'guides/en/import.mdx',
    (text) => `${text}\nimport { readFileSync } from 'node:fs'\n`,
    "code: import { readFileSync } from 'node:fs'",
    'code could put files of this machine into the page',
  ],
  [
    'an export',
    'guides/en/export.mdx',
    (text) => `${text}\nexport const seen = fetch('https://count.example')\n`,
    'code: export const seen',
    'code could put files of this machine into the page',
  ],
];
/** What shows in finished pages only. */
const late: typeof leaks = [
  [
    'a script in an address of the kind data',
    'updates/en/data.md',
    (text) =>
      `${text}\n[Read on](data:text/html,<script>fetch('https://count.example')</script>)\n`,
    'a link to data:text/html,',
    'could tell its author who has clicked',
  ],
  [
    'a script in an address of the kind javascript',
    'updates/en/javascript.md',
    (text) => `${text}\n[Read on](javascript:alert(1))\n`,
    'a link to javascript:alert(1)',
    'could tell its author who has clicked',
  ],
];

const guide =
  '---\ntitle: TITLE\ndescription: The first frost of the year came early to the beds of the garden.\nstate: live\nversion: 1\npublished: 2025-03-01\nchecked: 2025-03-02\nsources: [{ name: The gardeners, date: "2023" }]\n---\n\nWords.\n';
const update = guide.replace(
  'state:',
  'date: "2023"\nkind: event\npublisher: The gardeners\nstate:',
);

async function build(rows: typeof leaks): Promise<NodeOutcome> {
  const files: Changes = Object.fromEntries(
    rows.map(([name, file, change]) => [
      file,
      change(
        (file.startsWith('guides') ? guide : update)
          .replace('TITLE', name)
          .replace(/^date:/m, `${idLine(name)}\ndate:`),
      ),
    ]),
  );
  const campaign = changeGarden(
    rows === leaks
      ? {
          ...files,
          'updates/en/ice.svg':
            '<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("https://count.example")</script></svg>',
        }
      : files,
  );
  return tryBuild(join(campaign, 'out'), { CONTENT_DIR: campaign });
}

const outcomes = new Map<typeof leaks, NodeOutcome>();
beforeAll(async () => {
  for (const rows of [leaks, late]) outcomes.set(rows, await build(rows));
});

test.each([
  ...leaks.map((row) => [...row, leaks] as const),
  ...late.map((row) => [...row, late] as const),
])(
  '%s fails the build, which says what would leak to whom',
  (_name, file, _change, found, leak, rows) => {
    const { code, output } = outcomes.get(rows) ?? { code: 0, output: '' };
    expect(code).toBe(1);
    const messages = output.split('\n\n').filter((part) => part.includes(file));
    expect(messages.join('\n'), output).toContain(found);
    expect(messages.find((message) => message.includes(found))).toContain(leak);
  },
);
