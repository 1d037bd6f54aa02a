import { describe, expect, it } from 'vitest';
import { formatYearOf } from '../../src/kit/core/text/dates.ts';
import { drawChart as draw } from '../../src/lib/chart.ts';

const drawChart = (points: Parameters<typeof draw>[0], events: Parameters<typeof draw>[1]) =>
  draw(points, events, (day) => formatYearOf(day, 'en'));

describe('drawChart', () => {
  it('throws on a point without a date', () => {
    expect(() => drawChart([{ date: 'yesterday', value: 1 }], [])).toThrow(RangeError);
  });

  it('throws on an event without a date', () => {
    expect(() => drawChart([{ date: '2021', value: 1 }], [{ date: '2021-02-30' }])).toThrow(
      RangeError,
    );
  });

  it('draws a lone zero on the axis', () => {
    expect(drawChart([{ date: '2021', value: 0 }], [])).toEqual({
      width: 400,
      height: 198,
      base: 176,
      end: 280,
      points: [{ x: 147, y: 176, value: 0, approximate: false, labelled: true }],
      ticks: [14, 280],
      years: [{ x: 147, label: '2021' }],
      foot: 193,
      bars: [],
    });
  });

  it('places points, years and bars', () => {
    expect(
      drawChart(
        [
          { date: '2021', value: 10 },
          { date: '2020-07', value: 5 },
        ],
        [{ date: '2022-01', value: 4 }, { date: '2020-03' }],
      ),
    ).toEqual({
      width: 400,
      height: 258,
      base: 176,
      end: 280,
      points: [
        { x: 61.9, y: 101, value: 5, approximate: false, labelled: true },
        { x: 147.1, y: 26, value: 10, approximate: false, labelled: true },
      ],
      ticks: [14, 102.8, 191.4, 280],
      years: [
        { x: 58.4, label: '2020' },
        { x: 147.1, label: '2021' },
        { x: 235.7, label: '2022' },
      ],
      foot: 253,
      bars: [
        { x: 195.2, length: 60, label: { x: 186.5, y: 229 }, labelled: true },
        { x: 32.3, length: 2, label: { x: 23.6, y: 186 }, labelled: false },
      ],
    });
  });

  it('keeps which numbers are approximate', () => {
    const { points: posts } = drawChart(
      [
        { date: '2022', value: 3, approximate: true },
        { date: '2020', value: 1 },
      ],
      [],
    );
    expect(posts.map(({ value, approximate }) => [value, approximate])).toEqual([
      [1, false],
      [3, true],
    ]);
  });

  it('sorts posts by date and leaves the list as it is', () => {
    const points = [
      { date: '2022', value: 3 },
      { date: '2020', value: 1 },
      { date: '2021', value: 2 },
    ];
    expect(drawChart(points, []).points.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(points.map(({ value }) => value)).toEqual([3, 1, 2]);
  });

  it('begins the axis of values at 0, so that lengths are in proportion', () => {
    const { base, points: posts } = drawChart(
      [
        { date: '2020', value: 1000 },
        { date: '2021', value: 500 },
        { date: '2022', value: 250 },
        { date: '2023', value: 0 },
      ],
      [],
    );
    expect(posts.map(({ y }) => (base - y) / 150)).toEqual([1, 0.5, 0.25, 0]);
  });

  it('has one scale for numbers and events, so that their lengths can be compared', () => {
    const { base, points, bars } = drawChart(
      [{ date: '2020', value: 100 }],
      [
        { date: '2021', value: 200 },
        { date: '2021-06', value: 50 },
      ],
    );
    expect(points.map(({ y }) => base - y)).toEqual([75]);
    expect(bars.map(({ length }) => length)).toEqual([150, 37.5]);
  });

  it('widens the axis of time for an event before the first post', () => {
    const { years, bars: marks } = drawChart([{ date: '2021', value: 1 }], [{ date: '2019' }]);
    expect(years.map(({ label }) => label)).toEqual(['2019', '2020', '2021']);
    expect(marks.map(({ x }) => x)).toEqual([58.3]);
  });

  it('writes the number of a bar on its other side, where one before it is in the way', () => {
    const { bars } = drawChart(
      [{ date: '2021', value: 1000 }],
      [
        { date: '2021-06-01', value: 600 },
        { date: '2021-06-20', value: 500 },
        { date: '2021-01', value: 20 },
      ],
    );
    expect(bars.map(({ labelled }) => labelled)).toEqual([true, true, false]); // the last is too short
    const [first, second] = bars;
    expect(first?.label.x).toBeLessThan(first?.x ?? 0);
    expect(second?.label.x).toBeGreaterThan(second?.x ?? 0);
  });

  it('keeps the bars in the order of the events', () => {
    const { bars: marks } = drawChart(
      [{ date: '2021', value: 1 }],
      [{ date: '2022' }, { date: '2021' }],
    );
    expect(marks.map(({ x }) => x)).toEqual([213.5, 80.5]);
  });

  it('keeps everything between the sides', () => {
    const { points: posts, bars: marks } = drawChart(
      [
        { date: '2010-01-01', value: 1 },
        { date: '2026-12-31', value: 2 },
      ],
      [{ date: '2010-01-01' }, { date: '2026-12-31' }],
    );
    for (const { x } of [...posts, ...marks]) {
      expect(x).toBeGreaterThanOrEqual(14);
      expect(x).toBeLessThanOrEqual(280);
    }
  });

  it('gives equal distances to equal times', () => {
    const { points: posts } = drawChart(
      ['2021-03-01', '2021-03-11', '2021-03-21', '2021-03-31'].map((date) => ({ date, value: 1 })),
      [],
    );
    const gaps = posts.slice(1).map(({ x }, index) => x - (posts[index]?.x ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo((266 / 365) * 10, 0);
    expect(gaps).toHaveLength(3);
  });

  it.each([
    [
      'the later one where it is greater',
      [
        ['2021-01-01', 19],
        ['2021-01-10', 20],
      ],
      [20],
    ],
    [
      'the newest, though the one next to it is greater',
      [
        ['2021-01-01', 20],
        ['2021-01-02', 19],
      ],
      [19],
    ],
    [
      'one of two that are equal, and the newest',
      [
        ['2021-01-01', 5],
        ['2021-01-02', 5],
        ['2021-12-01', 1],
      ],
      [5, 1],
    ],
    [
      'both that are far enough apart',
      [
        ['2021-01-01', 10],
        ['2021-07-01', 20],
      ],
      [10, 20],
    ],
    [
      'one above another where there is room',
      [
        ['2021-01-01', 20],
        ['2021-01-02', 5],
        ['2021-12-01', 1],
      ],
      [20, 5, 1],
    ],
  ] as const)('writes %s', (_, points, expected) => {
    const { points: posts } = drawChart(
      points.map(([date, value]) => ({ date, value })),
      [],
    );
    expect(posts.filter(({ labelled }) => labelled).map(({ value }) => value)).toEqual(expected);
  });

  it('writes no number across another one, a dot or a bar', () => {
    const months = Array.from({ length: 60 }, (_, index) => ({
      date: `${2016 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
      value: (index * 37) % 101,
    }));
    const { points, bars, base } = drawChart(months, months);
    const half = (value: number) => String(value).length * 3.5;
    const texts = [
      ...points
        .slice(0, -1)
        .flatMap(({ x, y, value, labelled }) =>
          labelled ? [{ x, y: y - 13, half: half(value), of: x }] : [],
        ),
      ...bars.flatMap(({ x, label, labelled }, index) =>
        labelled ? [{ ...label, half: half(months[index]?.value ?? 0), of: x }] : [],
      ),
    ];
    expect(texts.length).toBeGreaterThan(6);
    for (const text of texts) {
      const name = `${text.x} ${text.y}`;
      const others = texts.filter(
        (other) =>
          Math.abs(other.x - text.x) < text.half + other.half && Math.abs(other.y - text.y) < 12,
      );
      expect(others, name).toEqual([text]);
      const dots = points.filter(
        ({ x, y }) => x !== text.of && Math.abs(x - text.x) < text.half && Math.abs(y - text.y) < 6,
      );
      expect(dots, name).toEqual([]);
      const crossed = bars.filter(
        ({ x, length }) =>
          x !== text.of &&
          Math.abs(x - text.x) < text.half &&
          text.y - 5 < base + length &&
          text.y > base,
      );
      expect(crossed, name).toEqual([]);
    }
  });

  it('puts what is known of a year above the label of that year', () => {
    const { points: posts, years } = drawChart(
      [
        { date: '2020', value: 1 },
        { date: '2022', value: 2 },
      ],
      [],
    );
    expect(posts.map(({ x }) => x)).toEqual([years[0]?.x, years[2]?.x]);
  });

  it.each([
    ['en', ['2021', '2022', '2023']],
    ['ar-u-nu-arab', ['٢٠٢١', '٢٠٢٢', '٢٠٢٣']],
    ['fa', ['۱۴۰۰', '۱۴۰۱', '۱۴۰۲']],
    ['fa-u-ca-gregory', ['۲۰۲۱', '۲۰۲۲', '۲۰۲۳']],
    ['th-u-ca-buddhist', ['พ.ศ. 2564', 'พ.ศ. 2565', 'พ.ศ. 2566']],
  ])('names the years of the axis in the calendar and digits of %s', (locale, expected) => {
    const { years } = draw(
      [
        { date: '2021', value: 1 },
        { date: '2023-12-31', value: 2 },
      ],
      [],
      (day) => formatYearOf(day, locale),
    );
    expect(years.map(({ label }) => label)).toEqual(expected);
  });
});
