import { collections, rowOf, type CollectionName } from '../../src/campaign/schema/collections.ts';
import type { Locales } from '../../src/campaign/schema/fields.ts';
import { makeJsonSchemas } from './json-schemas.ts';

const print = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * The settings by which VS Code knows the files of a campaign, by their paths: a JSON Schema of
 * each kind, which files it is for, and a task that shows the faults of `npm run check` at their lines,
 * those of front matter too.
 * @param campaign path of the campaign from the folder that is opened, with a slash; empty where
 * that is the campaign itself
 * @param program path of this program from that folder
 */
export function makeVscodeFiles(
  locales: Locales,
  campaign: string,
  program: string,
): Map<string, string> {
  const schemas = makeJsonSchemas(locales);
  const patterns = Object.fromEntries(
    [...schemas.keys()]
      .filter((name) => !isText(name))
      .map((name) => [
        `./.vscode/schemas/${name}.json`,
        name === 'site' ? `${campaign}site.yaml` : `${campaign}${name}/**/*.yaml`,
      ]),
  );
  return new Map([
    ...[...schemas].map(([name, schema]): [string, string] => [
      `.vscode/schemas/${name}.json`,
      `${JSON.stringify(schema)}\n`,
    ]),
    [
      '.vscode/settings.json',
      print({ 'files.eol': '\n', 'files.encoding': 'utf8', 'yaml.schemas': patterns }),
    ],
    ['.vscode/extensions.json', print({ recommendations: ['redhat.vscode-yaml'] })],
    ['.vscode/tasks.json', print(makeTasks(campaign, program))],
  ]);
}

const isText = (name: string): boolean =>
  name in collections && rowOf(name as CollectionName).form === 'texts';

/** One task, whose output VS Code reads as `formatFaults` of `fault.ts` prints it. */
const makeTasks = (campaign: string, program: string) => ({
  version: '2.0.0',
  tasks: [
    {
      label: 'Check the campaign',
      type: 'shell',
      command: program === '' ? 'npm run check' : `npm --prefix "${program}" run check`,
      ...(campaign === '' && { options: { env: { CONTENT_DIR: '${workspaceFolder}' } } }),
      group: { kind: 'build', isDefault: true },
      presentation: { reveal: 'silent' },
      problemMatcher: faultPatterns.map((pattern) => ({
        owner: 'vyrai',
        fileLocation: ['relative', `\${workspaceFolder}/${campaign}`],
        pattern,
      })),
    },
  ],
});

const found = { regexp: String.raw`^  found     (.*)$`, message: 1 } as const;

/** The first two lines of a fault: where it is, with a line or as a whole file, and what it is. */
export const faultPatterns = [
  [{ regexp: String.raw`^(\S+\.\w+):(\d+)(?:  .*)?$`, file: 1, line: 2 }, found],
  [{ regexp: String.raw`^(\S+\.\w+)(?:  .*)?$`, kind: 'file', file: 1 }, found],
] as const;
