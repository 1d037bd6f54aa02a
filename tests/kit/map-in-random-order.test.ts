import { nodePlatform } from '../../src/kit/node/platform.ts';
import { expect, test } from 'vitest';
import { mapInRandomOrder } from '../../src/kit/core/source/site-copy.ts';

const tick = () => new Promise((done) => setTimeout(done, 1));
const numbers = Array.from({ length: 200 }, (_, index) => index);

test('after a task has thrown, no new one starts, those that run end, and the first error is thrown', async () => {
  const [started, ended]: [number[], number[]] = [[], []];
  const work = mapInRandomOrder(numbers, 4, nodePlatform, async (number) => {
    started.push(number);
    const place = started.length;
    await tick();
    if (place === 10) throw new Error('first');
    await tick();
    await tick();
    ended.push(number);
    if (place > 10) throw new Error('later');
  });
  await expect(work).rejects.toThrow('first');
  expect(started.length).toBeLessThanOrEqual(13);
  const before = ended.length;
  expect(before).toBe(started.length - 1);
  await tick();
  expect([started.length <= 13, ended.length]).toEqual([true, before]);
});

test('an error that is undefined is an error', async () => {
  // as a careless library does
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  const reject = () => Promise.reject(undefined);
  await expect(mapInRandomOrder([1], 1, nodePlatform, reject)).rejects.toBe(undefined);
});

test('a limit below one is refused', async () => {
  await expect(mapInRandomOrder([1], 0, nodePlatform, tick)).rejects.toThrow(
    'a limit of 0 tasks at a time, expected at least 1',
  );
});

test('each item has its turn once, in an order that nobody can tell, at most so many at once', async () => {
  const orders: string[] = [];
  for (let round = 0; round < 2; round++) {
    const order: number[] = [];
    let [running, most] = [0, 0];
    const results = await mapInRandomOrder(numbers, 6, nodePlatform, async (number) => {
      order.push(number);
      most = Math.max(most, ++running);
      await tick();
      running--;
      return number * 2;
    });
    expect(results).toEqual(numbers.map((number) => number * 2));
    expect(order.toSorted((a, b) => a - b)).toEqual(numbers);
    expect(most).toBe(6);
    orders.push(order.join());
  }
  expect(new Set([...orders, numbers.join()]).size).toBe(3);
});

test('no item is no work', async () =>
  expect(await mapInRandomOrder([], 6, nodePlatform, tick)).toEqual([]));
