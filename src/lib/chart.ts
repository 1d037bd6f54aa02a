import { endOf, toUtc } from '../kit/core/text/dates.ts';

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
  /** Years of the calendar of the language. */
  years: { x: number; label: string }[];
  /** x of each mark under the axis' own dates. */
  marks: number[];
}

/**
 * Places numbers by date. The axis of values begins at 0 and the axis of time is even, so lengths
 * and distances mean what they seem to mean. The newest number is written; of others that would run
 * into each other only the greater.
 * @param points in any order, at least one; one of a month or year is placed in its middle
 * @param yearOf the year of a day, as the language writes it
 */
export function drawChart(
  points: readonly Point[],
  events: readonly { date: string }[],
  yearOf: (day: Date) => string,
): Chart {
  const [width, height, base, top, side] = [360, 190, 170, 22, 20];
  const sorted = [...points].sort((a, b) => (a.date < b.date ? -1 : 1));
  const all = [...sorted, ...events].map(({ date }) => toUtc(date).getUTCFullYear());
  const [firstYear, lastYear] = [Math.min(...all), Math.max(...all) + 1];
  const [start, end] = [Date.UTC(firstYear, 0), Date.UTC(lastYear, 0)];
  const most = Math.max(...sorted.map(({ value }) => value), 1);
  const placeOf = (time: number) =>
    round(side + ((time - start) / (end - start)) * (width - 2 * side));
  const place = (date: string) =>
    placeOf(date.length === 10 ? toUtc(date).getTime() : middleOf(toUtc(date), endOf(date)));

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
  const years = listYears(start, end, yearOf).map(({ label, from, to }) => ({
    x: placeOf(middleOf(from, to)),
    label,
  }));
  return { width, height, base, posts, years, marks: events.map(({ date }) => place(date)) };
}

const middleOf = (from: Date, to: Date) => (from.getTime() + to.getTime()) / 2;

/** The years of a calendar between two moments, but those of which less than half is there. */
function listYears(start: number, end: number, yearOf: (day: Date) => string) {
  const years: { label: string; from: Date; to: Date }[] = [];
  for (let day = start; day < end; day += dayLength) {
    const label = yearOf(new Date(day));
    const last = years.at(-1);
    const to = new Date(day + dayLength);
    if (last?.label === label) last.to = to;
    else years.push({ label, from: new Date(day), to });
  }
  return years.filter(({ from, to }) => to.getTime() - from.getTime() > (365 / 2) * dayLength);
}
const dayLength = 86_400_000;

const round = (value: number) => Math.round(value * 10) / 10;
