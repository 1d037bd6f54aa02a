import { versionedOf, type Entries } from '../schema/collections.ts';
import type { Fault } from '../read/fault.ts';

/** Records whose translation follows a version that there is not yet. */
export function checkRecordVersions(entries: Entries): Fault[] {
  return versionedOf(entries).flatMap(({ file, data, lineOf }) =>
    Object.entries(data.translations)
      .filter(([, { of }]) => of > data.version)
      .map(([tag, { of }]) => ({
        file,
        line: lineOf(['translations', tag, 'of']),
        where: `field "translations.${tag}.of"`,
        found: String(of),
        expected: `at most ${data.version}, the version of the record`,
        fix: 'write the version of the original that this translation follows, or raise "version" if the original has changed',
      })),
  );
}
