import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../helpers/build.ts';
import {
  drawArchitecture,
  listSources,
  readEdges,
  reduceEdges,
} from '../helpers/draw-architecture.ts';

/** Reads the edges of a few planted files, by their paths below an empty folder. */
function readPlanted(files: Record<string, string>): string[] {
  const before = process.cwd();
  const folder = makeFolder('edges-');
  process.chdir(folder);
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const edges = reduceEdges(readEdges(Object.keys(files)));
    return [...edges].flatMap(([from, targets]) => [...targets].map((to) => `${from} → ${to}`));
  } finally {
    process.chdir(before);
  }
}

describe('the edges of the picture', () => {
  test('leave out what follows from two others, and keep a new one', () => {
    const chain = {
      'src/data/a.ts':
        "import { b } from '../lib/b.ts';\nimport '../campaign/c.ts';\nimport { c } from '../campaign/c.ts';\n",
      'src/lib/b.ts': "import type { C } from '../campaign/c.ts';\n",
      'src/campaign/c.ts': '',
    };
    expect(readPlanted(chain)).toEqual(['src/data → src/lib', 'src/lib → src/campaign']);
    expect(
      readPlanted({
        ...chain,
        'src/campaign/c.ts': "import '../kit/node/x.ts';\nexport * from '../kit/node/x.ts';\n",
      }),
    ).toContain('src/campaign → src/kit/node');
  });
});

test('the picture in docs/ is drawn from the code as it is', () => {
  const drawn = drawArchitecture(readEdges(listSources()));
  const command = 'node scripts/run.mjs tests/helpers/draw-architecture.ts draws it anew';
  expect(readFileSync('docs/architecture.svg', 'utf8') === drawn, command).toBe(true);
});
