import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';
import { minify } from 'rolldown/utils';
import { project } from '../build/project.ts';

const parser = join(project, 'src/kit/core/vendor/parse5.js');
/** What of the parser is called from outside of it: every name in these files keeps its own. */
const parserUsers = [
  'src/kit/core/vendor/parse5.d.ts',
  'src/kit/core/page-diff/parse-page.ts',
] as const;

/**
 * Bundles a program with all that it imports into one minified script: the same bytes from any
 * folder.
 * @param entry its first file, from the root of the project
 * @param target `node20` for an ES module of Node; else the browsers that have to run a script
 * @throws Error if anything is imported that is not part of the project, or of Node for Node
 */
export async function bundle(entry: string, target: 'node20' | readonly string[]): Promise<string> {
  const isForNode = target === 'node20';
  const build = await rolldown({
    input: entry,
    cwd: project,
    platform: isForNode ? 'node' : 'browser',
    transform: { target: isForNode ? target : [...target] },
    plugins: isForNode ? [shortenParser(), leaveMailOut()] : [adaptToBrowser()],
    // It warns of plugins that are slow, which on a busy machine any plugin is.
    checks: { bundlerTimings: false },
    onLog: (level, log) => {
      if (level === 'warn') throw new Error(`${entry}: ${log.message}`);
    },
  });
  try {
    const { output } = await build.generate({
      format: isForNode ? 'esm' : 'iife',
      minify: true,
      codeSplitting: false,
    });
    const [{ code, imports }] = output;
    const strangers = imports.filter((name) => !isForNode || !name.startsWith('node:'));
    if (output.length !== 1 || strangers.length > 0)
      throw new Error(`${entry} needs ${strangers.join(', ')}, expected nothing but its own files`);
    return code;
  } finally {
    await build.close();
  }
}

/**
 * The terms of what is released, as its authors want them to come along.
 * @param withParser whether the vendored parser is in it
 */
export function printTerms(version: string, withParser: boolean): string {
  const own = `Vyrai ${version}, made by "npm run release" from its sources.\n\n${readFileSync(join(project, 'LICENSE'), 'utf8').trim()}\n`;
  if (!withParser) return own;
  const [comment = ''] = /^\/\*[^]*?\*\//.exec(readFileSync(parser, 'utf8')) ?? [];
  const theirs = comment.slice(comment.indexOf('parse5 '), -2).replace(/^ \* ?/gm, '');
  return `${own}\nIt holds ${theirs.trim()}\n`;
}

/** The part of the check that asks hosts, which a page may not and does not. */
const hostCheck = join(project, 'src/kit/core/verify/check-host.ts');

/** Takes the parser that browsers have in the place of the vendored one, and leaves hosts out. */
const adaptToBrowser = (): Plugin => ({
  name: 'adapt-to-browser',
  load: (id) =>
    id === parser
      ? `export { Parser } from ${JSON.stringify(join(project, 'src/kit/browser/dom-parser.ts'))};`
      : id === hostCheck
        ? "export const checkHost = () => { throw new TypeError('a page asks no host'); };"
        : null,
});

/** The check of mails, whose parser has more bytes than the program has left. */
const mailCheck = join(project, 'src/kit/node/mail/check-mail.ts');

/** Says where mails are checked, in the place of their check. */
const leaveMailOut = (): Plugin => ({
  name: 'leave-mail-out',
  load: (id) =>
    id === mailCheck
      ? `import { UserError } from ${JSON.stringify(join(project, 'src/kit/core/text/user-error.ts'))};
         export const checkMail = () => { throw new UserError('This is a mail, and mails are checked in a clone only: npm run verify -- MAIL'); };`
      : null,
});

/**
 * The parser is half of the program, and a third of that are names of its own fields and
 * constants, which minifiers leave alone: nobody but itself uses them.
 */
const shortenParser = (): Plugin => ({
  name: 'shorten-parser',
  load: async (id) => {
    if (id !== parser) return null;
    const source = foldConstants(dropReports(readFileSync(id, 'utf8')));
    const { code, errors } = await minify(id, source, {
      module: true,
      compress: true,
      mangle: true,
      mangleProps: { include: new RegExp(`^(?:${listOwnNames(source).join('|')})$`), quoted: true },
    });
    if (errors[0]) throw new Error(`${id}: ${errors[0].message}`);
    return code;
  },
});

/** An enumeration as TypeScript compiles it: `State[State["DATA"] = 0] = "DATA";` and so on. */
const enumeration = /^var (\w+);\n\(function\(\1\) \{\n((?:\t\1\[.*;\n)+)\}\)\(\1 .*\);$/gm;

/** Puts the values of enumerations where they are used, which minifiers do with their own only. */
const foldConstants = (source: string): string =>
  [...source.matchAll(enumeration)].reduce((text, [block, name = '', body = '']) => {
    const values = new Map(
      [...body.matchAll(/\["(\w+)"\] = (-?\d+|"[^"]*")/g)].map(([, key, value]) => [key, value]),
    );
    const rest = text
      .replace(block, '')
      .replace(
        new RegExp(`(?<![\\w.$])${name}\\.(\\w+)\\b`, 'g'),
        (use, key: string) => values.get(key) ?? use,
      );
    return new RegExp(`(?<![\\w.$])${name}\\b`).test(rest) ? text : rest;
  }, source);

/** Reports of what is wrong with a page go to a listener that the kit does not have. */
const dropReports = (source: string): string =>
  source.replace(/\b(?:this|p)\._err\([^;]*\);/g, 'void 0;');

/** Fields and constants that are neither of the language nor used by the parser's callers. */
function listOwnNames(source: string): string[] {
  const taken = new Set([
    ...parserUsers.flatMap(
      (file) => readFileSync(join(project, file), 'utf8').match(/[\w$]+/g) ?? [],
    ),
    ...languageNames(),
  ]);
  const names = [...source.matchAll(/\.([A-Za-z_]\w{2,})/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => !taken.has(name)).sort();
}

/**
 * All that values of the language itself have, such as `length` and `charCodeAt`; what iterators
 * and matches of patterns have by themselves besides.
 */
function languageNames(): string[] {
  const names = ['done', 'groups', 'index', 'indices', 'input', 'next', 'raw', 'value'];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const value: unknown = /^[A-Z]/.test(name) ? Reflect.get(globalThis, name) : undefined;
    if (typeof value !== 'function' && typeof value !== 'object') continue;
    for (const start of [value, value && (Reflect.get(value, 'prototype') as unknown)])
      for (
        let each: unknown = start;
        (typeof each === 'object' || typeof each === 'function') && each !== null;
        each = Object.getPrototypeOf(each)
      )
        names.push(...Object.getOwnPropertyNames(each));
  }
  return names;
}
