import { transform, type Selector, type SelectorComponent } from 'lightningcss';

/**
 * What of a page its styles can ask for: `h1` for elements, `.card` for classes, `[rel=next]` for
 * attributes with a value.
 */
export type Names = ReadonlySet<string>;

export const nameAttribute = (name: string, value: string): string => `[${name}=${value}]`;

function nameOf(part: SelectorComponent): string[] {
  if (part.type === 'type') return [part.name];
  if (part.type === 'class') return [`.${part.name}`];
  if (part.type === 'attribute' && part.operation?.operator === 'equal')
    return [nameAttribute(part.name, part.operation.value)];
  return [];
}
const canMatch = (selector: Selector, names: Names): boolean =>
  selector.flatMap(nameOf).every((name) => names.has(name));

/**
 * Takes out the rules that no element of a page can match: every page carries its style, and what
 * one page needs is half of what all need. A selector goes only if an element, class or attribute
 * that it names is not there at all, so that nothing looks different.
 * @returns the style in its shortest form
 */
export function pruneStyle(css: string, names: Names): string {
  const key = [css, ...[...namesIn(css)].filter((name) => names.has(name))].join('\0');
  const known = pruned.get(key);
  if (known !== undefined) return known;
  const kept = keepSelectors(css, (selector) => canMatch(selector, names));
  // A second time, since what is around the rules that went is only then seen to be empty.
  const { code } = transform({ filename: 'page.css', code: kept, minify: true });
  const style = Buffer.from(code).toString();
  pruned.set(key, style);
  return style;
}

/**
 * Parsing costs more than all else, and thousands of pages need the same: kept by style and what is
 * there of the names in it.
 */
const pruned = new Map<string, string>();
const asked = new Map<string, ReadonlySet<string>>();

function namesIn(css: string): ReadonlySet<string> {
  const known = asked.get(css);
  if (known) return known;
  const names = new Set<string>();
  keepSelectors(css, (selector) => {
    for (const name of selector.flatMap(nameOf)) names.add(name);
    return true;
  });
  asked.set(css, names);
  return names;
}

function keepSelectors(css: string, keep: (selector: Selector) => boolean): Uint8Array {
  return transform({
    filename: 'page.css',
    code: Buffer.from(css),
    minify: true,
    visitor: {
      Rule: {
        style: ({ value: { selectors } }) => (selectors.filter(keep).length === 0 ? [] : undefined),
      },
      Selector: (selector) => (keep(selector) ? undefined : []),
    },
  }).code;
}
