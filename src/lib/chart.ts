import { endOf, toUtc } from '../kit/core/text/dates.ts';

interface Point {
  date: string;
  value: number;
  approximate?: boolean;
}

/**
 * Positions of a chart of numbers by date, in the units of its viewBox; the texts are 13 units
 * high. From top to bottom: the numbers, the axis, the bars of the events, the years.
 */
export interface Chart {
  width: number;
  height: number;
  /** y of the axis. */
  base: number;
  /** x at which the axis of time ends: what is behind it belongs to the newest number. */
  end: number;
  points: { x: number; y: number; value: number; approximate: boolean; labelled: boolean }[];
  /** Where the years begin, and the last one ends. */
  ticks: number[];
  /** Years of the calendar of the language. */
  years: { x: number; label: string }[];
  /** y of the years. */
  foot: number;
  /** One bar an event, down from the axis in the scale of the numbers, in the order of the events. */
  bars: { x: number; length: number; label: { x: number; y: number }; labelled: boolean }[];
}

/**
 * Places numbers by date. The axis of values begins at 0 and the axis of time is even, so lengths
 * and distances mean what they seem to mean. The newest number is written; of others that would run
 * into each other, or into a dot or bar, only the greater.
 * @param points in any order, at least one; one of a month or year is placed in its middle
 * @param events each with how many, if that is known; there is one scale for both
 * @param yearOf the year of a day, as the language writes it
 */
export function drawChart(
  points: readonly Point[],
  events: readonly { date: string; value?: number | undefined }[],
  yearOf: (day: Date) => string,
): Chart {
  const [width, base, top, start, end, shortest] = [400, 176, 26, 14, 280, 2];
  const sorted = [...points].sort((a, b) => (a.date < b.date ? -1 : 1));
  const all = [...sorted, ...events].map(({ date }) => toUtc(date).getUTCFullYear());
  const [firstYear, lastYear] = [Math.min(...all), Math.max(...all) + 1];
  const [from, to] = [Date.UTC(firstYear, 0), Date.UTC(lastYear, 0)];
  const most = Math.max(...[...points, ...events].map(({ value = 0 }) => value), 1);
  const lengthOf = (value: number) => round((value / most) * (base - top));
  const placeOf = (time: number) => round(start + ((time - from) / (to - from)) * (end - start));
  const place = (date: string) =>
    placeOf(date.length === 10 ? toUtc(date).getTime() : middleOf(toUtc(date), endOf(date)));

  const placed = sorted.map(({ date, value, approximate = false }) => ({
    x: place(date),
    y: round(base - lengthOf(value)),
    value,
    approximate,
    labelled: false,
  }));
  const dots = placed.map(({ x, y }) => ({ x, y, halfWidth: 2.5, halfHeight: 2.5 }));
  const newest = placed.at(-1);
  chooseLabels(
    placed.map((point, index) => ({
      item: point,
      rank: point === newest ? Infinity : point.value,
      boxes: [textBox(point.x, point.y - 13, point.approximate ? 7 : 5)],
      own: dots[index],
    })),
    dots,
  );

  const bars = events.map(({ date, value = 0 }) => {
    const x = place(date);
    const length = Math.max(lengthOf(value), shortest);
    const { halfWidth } = textBox(0, 0, String(value).length);
    const y = round(base + Math.max(length, 17) - 7);
    const sides = [round(x - 3 - halfWidth), round(x + 3 + halfWidth)] as const;
    return { x, length, label: { x: sides[0], y }, labelled: false, sides };
  });
  const strokes = bars.map(({ x, length }) => ({
    x,
    y: base + length / 2,
    halfWidth: 1.5,
    halfHeight: length / 2,
  }));
  chooseLabels(
    bars.flatMap((bar, index) => {
      const { value } = events[index] ?? {};
      const boxes = bar.sides.map((x) => textBox(x, bar.label.y, String(value).length));
      return value === undefined || bar.length < shortestNamed
        ? []
        : [{ item: bar, rank: value, boxes, own: strokes[index] }];
    }),
    strokes,
  );

  const foot = base + 17 + Math.max(0, ...bars.map(({ length }) => length));
  const years = listYears(from, to, yearOf);
  return {
    width,
    height: round(foot + 5),
    base,
    end,
    points: placed,
    ticks: [...years.map((year) => placeOf(year.from.getTime())), end],
    years: years.map((year) => ({
      x: placeOf(middleOf(year.from, year.to)),
      label: year.label,
    })),
    foot: round(foot),
    bars: bars.map(({ x, length, label, labelled }) => ({ x, length, label, labelled })),
  };
}

/** A number next to a shorter bar would point at nothing, and run into the years. */
const shortestNamed = 10;

interface Box {
  x: number;
  y: number;
  halfWidth: number;
  halfHeight: number;
}
/** The room of so many digits around a middle, with a little air. */
const textBox = (x: number, y: number, digits: number): Box => ({
  x,
  y,
  halfWidth: digits * 3.7 + 2,
  halfHeight: 6.5,
});
const overlap = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth &&
  Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight;

/**
 * Chooses what is written: the greatest first, each where it runs into nothing; the first of its
 * places that is free.
 */
function chooseLabels(
  candidates: readonly {
    item: { labelled: boolean; label?: { x: number } };
    rank: number;
    boxes: readonly Box[];
    own: Box | undefined;
  }[],
  obstacles: readonly Box[],
): void {
  const written: Box[] = [];
  for (const { item, rank, boxes, own } of [...candidates].sort((a, b) => b.rank - a.rank)) {
    const isFree = (box: Box) =>
      rank === Infinity ||
      (obstacles.every((other) => other === own || !overlap(box, other)) &&
        written.every((other) => !overlap(box, other)));
    const box = boxes.find(isFree);
    if (!box) continue;
    item.labelled = true;
    if (item.label) item.label.x = box.x;
    written.push(box);
  }
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
