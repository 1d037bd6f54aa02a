import { toUtc } from '../kit/core/text/dates.ts';

interface Point {
  date: string;
  value: number;
  approximate?: boolean;
}

/**
 * Positions of a chart of numbers by date, in the units of its viewBox; the texts are 11 units
 * high.
 */
export interface Chart {
  width: number;
  height: number;
  /** y of the axis. */
  base: number;
  posts: { x: number; y: number; value: number; approximate: boolean; labelled: boolean }[];
  years: { x: number; year: number }[];
  /** x of each mark under the axis' own dates. */
  marks: number[];
}

/**
 * Places numbers by date. The axis of values begins at 0 and the axis of time is even, so lengths
 * and distances mean what they seem to mean. The newest number is written; of others that would run
 * into each other only the greater.
 * @param points in any order, at least one
 */
export function drawChart(points: readonly Point[], events: readonly { date: string }[]): Chart {
  const [width, height, base, top, side] = [360, 190, 170, 22, 20];
  const sorted = [...points].sort((a, b) => (a.date < b.date ? -1 : 1));
  const all = [...sorted, ...events].map(({ date }) => toUtc(date).getUTCFullYear());
  const [firstYear, lastYear] = [Math.min(...all), Math.max(...all) + 1];
  const [start, end] = [Date.UTC(firstYear, 0), Date.UTC(lastYear, 0)];
  const most = Math.max(...sorted.map(({ value }) => value), 1);
  const place = (date: string) =>
    round(side + ((toUtc(date).getTime() - start) / (end - start)) * (width - 2 * side));

  const posts = sorted.map(({ date, value, approximate = false }) => ({
    x: place(date),
    y: round(base - (value / most) * (base - top)),
    value,
    approximate,
    labelled: false,
  }));
  const newest = posts.at(-1);
  for (const post of [...posts].sort(
    (a, b) => Number(b === newest) - Number(a === newest) || b.value - a.value,
  )) {
    post.labelled = posts.every((other) => !other.labelled || Math.abs(other.x - post.x) >= 30);
  }
  const years = Array.from({ length: lastYear - firstYear }, (_, index) => ({
    x: place(`${String(firstYear + index).padStart(4, '0')}-07`),
    year: firstYear + index,
  }));
  return { width, height, base, posts, years, marks: events.map(({ date }) => place(date)) };
}

const round = (value: number) => Math.round(value * 10) / 10;
