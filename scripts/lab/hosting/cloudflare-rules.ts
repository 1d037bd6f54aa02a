import { UserError } from '../../../src/kit/core/text/user-error.ts';

/** A rule of a `_headers` file, as Cloudflare Pages reads it. */
interface Rule {
  path: RegExp;
  set: [name: string, value: string][];
  /** Headers that it takes away. */
  detach: string[];
}

/** What Cloudflare's documentation says of the form: more rules, or longer lines, are not read. */
const max = { rules: 100, line: 2000 };

/** The file breaks a rule of the form; in words, with its line. */
export class HeadersFileError extends UserError {
  override name = 'HeadersFileError';
}

/**
 * Reads a `_headers` file by the rules that Cloudflare documents for Pages: a path with at most one
 * `*`, under it lines of `Name: value` or `! Name`, and comments.
 * @throws HeadersFileError where Cloudflare would pass over a line
 */
export function readCloudflareRules(text: string): Rule[] {
  const rules: Rule[] = [];
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.trim();
    const fault = (what: string) =>
      new HeadersFileError(`line ${index + 1} of the file ${what}: ${line.slice(0, 80)}`);
    if (line === '' || line.startsWith('#')) continue;
    if (line.length > max.line)
      throw fault(`has ${line.length} characters, at most ${max.line} are read`);
    if (line.startsWith('/')) {
      if (line.split('*').length > 2) throw fault('has two asterisks, one is allowed');
      rules.push({
        path: new RegExp(
          `^${line
            .split('*')
            .map((part) => part.replace(/[^\w/-]/g, '\\$&'))
            .join('.*')}$`,
        ),
        set: [],
        detach: [],
      });
      if (rules.length > max.rules)
        throw fault(`is rule ${rules.length}, at most ${max.rules} are read`);
      continue;
    }
    const rule = rules.at(-1);
    const [, detached, name = '', value = ''] =
      /^(?:! ?([\w-]+)|([\w-]+): *(\S.*))$/.exec(line) ?? [];
    if (rule === undefined || (detached === undefined && name === ''))
      throw fault('is no header below a path');
    if (detached === undefined) rule.set.push([name.toLowerCase(), value]);
    else rule.detach.push(detached.toLowerCase());
  }
  return rules;
}

/**
 * The headers of an answer: all rules that fit, one after another; what two of them say of one
 * header is joined by a comma.
 * @param first what the host sends by itself, by name in small letters
 */
export function applyCloudflareRules(
  rules: readonly Rule[],
  path: string,
  first: Readonly<Record<string, string>>,
): Map<string, string> {
  const headers = new Map<string, string>();
  const kept = new Map(Object.entries(first));
  for (const { set, detach } of rules.filter(({ path: pattern }) => pattern.test(path))) {
    for (const name of detach) for (const map of [headers, kept]) map.delete(name);
    for (const [name, value] of set)
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return new Map([...kept, ...headers]);
}
