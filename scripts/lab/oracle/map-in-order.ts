/** Does a task for each item, a few at a time, and gives the results in the order of the items. */
export async function mapInOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = [...items.entries()].reverse();
  const work = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      results[next[0]] = await task(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
