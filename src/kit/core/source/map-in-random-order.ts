import type { Platform } from '../platform.ts';

/**
 * Does a task for each item, at most `limit` at a time, and gives the results in the order of the
 * items. Attack: a host knows a checker by the order of its list, and serves it the true files. So
 * the order is random. After a task has thrown, no new one starts; those that run are waited for,
 * and the first error is thrown.
 */
export async function mapInRandomOrder<Item, Result>(
  items: readonly Item[],
  limit: number,
  platform: Platform,
  task: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  if (!(limit >= 1))
    throw new RangeError(`a limit of ${limit} tasks at a time, expected at least 1`);
  const waiting = shuffle([...items.entries()], platform);
  const results = new Array<Result>(items.length);
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next && errors.length === 0; next = waiting.pop()) {
      const [index, item] = next;
      try {
        results[index] = await task(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Fisher–Yates, in place. */
function shuffle<Item>(items: Item[], { randomBytes }: Platform): Item[] {
  const random = new DataView(Uint8Array.from(randomBytes(4 * items.length)).buffer);
  for (let last = items.length - 1; last > 0; last--) {
    // of 2³² values, so that hardly any order is likelier
    const other = random.getUint32(4 * last) % (last + 1);
    [items[last], items[other]] = [items[other] as Item, items[last] as Item];
  }
  return items;
}
