import { findNearest, type Fault } from '../read/fault.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Locales } from '../schema/fields.ts';

/** So many faults of one language are a slip in `site.yaml`, not in as many files. */
const fewest = 3;

/**
 * Puts one fault in the place of all that say the same: a tag that is mistyped in `site.yaml` makes
 * every text of its language one of an unknown language.
 * @param faults all that was found wrong with files
 * @param used the tags of `site.yaml` of which there is a text
 */
export function mergeUnknownLanguages(
  faults: readonly Fault[],
  { file, lineOf }: Pick<SourceFile, 'file' | 'lineOf'>,
  { all }: Locales,
  used: ReadonlySet<string>,
): Fault[] {
  const named = Map.groupBy(faults, ({ unknownLanguage }) => unknownLanguage);
  const rest = named.get(undefined) ?? [];
  return [...named].reduce<Fault[]>((merged, [tag, same]) => {
    if (tag === undefined) return merged;
    const [first] = same;
    if (first === undefined || same.length < fewest) return [...merged, ...same];
    const unused = all.filter((known) => !used.has(known));
    const near = findNearest(tag, unused);
    const files = new Set(same.map((fault) => fault.file));
    const index = near === undefined ? -1 : all.indexOf(near);
    const cause: Fault = {
      file,
      line: lineOf(index < 0 ? ['languages'] : ['languages', index, 'tag']),
      where: 'field "languages"',
      found:
        `no language "${tag}", though ${files.size} ${files.size === 1 ? 'file has' : 'files have'} ` +
        `texts in it, such as ${first.file}`,
      expected: `each language of the campaign; there are ${all.join(', ')}`,
      fix:
        near === undefined
          ? `add { tag: ${tag}, name: … } to "languages", or take the texts out`
          : `write "${tag}" instead of "${near}", of which there is no text`,
    };
    // what lacks a text in the mistyped language lacks nothing
    return [...merged.filter((fault) => !isOf(fault, near)), cause];
  }, rest);
}

/** Whether a fault is that a language has no file of its interface. */
const isOf = ({ file }: Fault, tag: string | undefined): boolean =>
  tag !== undefined && file === `interface/${tag}.yaml`;
