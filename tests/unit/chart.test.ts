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
      width: 360,
      height: 190,
      base: 170,
      posts: [{ x: 180, y: 170, value: 0, approximate: false, labelled: true }],
      years: [{ x: 180, label: '2021' }],
      marks: [],
    });
  });

  it('places posts, years and marks', () => {
    expect(
      drawChart(
        [
          { date: '2021', value: 10 },
          { date: '2020-07', value: 5 },
        ],
        [{ date: '2022-01' }],
      ),
    ).toEqual({
      width: 360,
      height: 190,
      base: 170,
      posts: [
        { x: 77.7, y: 96, value: 5, approximate: false, labelled: true },
        { x: 180.1, y: 22, value: 10, approximate: false, labelled: true },
      ],
      years: [
        { x: 73.4, label: '2020' },
        { x: 180.1, label: '2021' },
        { x: 286.7, label: '2022' },
      ],
      marks: [238],
    });
  });

  it('keeps which numbers are approximate', () => {
    const { posts } = drawChart(
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
    expect(drawChart(points, []).posts.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(points.map(({ value }) => value)).toEqual([3, 1, 2]);
  });

  it('begins the axis of values at 0, so that lengths are in proportion', () => {
    const { base, posts } = drawChart(
      [
        { date: '2020', value: 1000 },
        { date: '2021', value: 500 },
        { date: '2022', value: 250 },
        { date: '2023', value: 0 },
      ],
      [],
    );
    expect(posts.map(({ y }) => (base - y) / 148)).toEqual([1, 0.5, 0.25, 0]);
  });

  it('widens the axis of time for an event before the first post', () => {
    const { years, marks } = drawChart([{ date: '2021', value: 1 }], [{ date: '2019' }]);
    expect(years.map(({ label }) => label)).toEqual(['2019', '2020', '2021']);
    expect(marks).toEqual([73.3]);
  });

  it('keeps the marks in the order of the events', () => {
    const { marks } = drawChart([{ date: '2021', value: 1 }], [{ date: '2022' }, { date: '2021' }]);
    expect(marks).toEqual([260, 100]);
  });

  it('keeps everything between the sides', () => {
    const { posts, marks } = drawChart(
      [
        { date: '2010-01-01', value: 1 },
        { date: '2026-12-31', value: 2 },
      ],
      [{ date: '2010-01-01' }, { date: '2026-12-31' }],
    );
    for (const x of [...posts.map((post) => post.x), ...marks]) {
      expect(x).toBeGreaterThanOrEqual(20);
      expect(x).toBeLessThanOrEqual(340);
    }
  });

  it('gives equal distances to equal times', () => {
    const { posts } = drawChart(
      ['2021-03-01', '2021-03-11', '2021-03-21', '2021-03-31'].map((date) => ({ date, value: 1 })),
      [],
    );
    const gaps = posts.slice(1).map(({ x }, index) => x - (posts[index]?.x ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo((320 / 365) * 10, 0);
    expect(gaps).toHaveLength(3);
  });

  it.each([
    [
      'the later one where it is greater',
      [
        ['2021-01-01', 10],
        ['2021-01-10', 20],
      ],
      [20],
    ],
    [
      'the newest, though the one beside it is greater',
      [
        ['2021-01-01', 20],
        ['2021-01-10', 10],
      ],
      [10],
    ],
    [
      'the earlier one where it is greater, before the newest',
      [
        ['2021-01-01', 20],
        ['2021-01-10', 10],
        ['2021-12-01', 5],
      ],
      [20, 5],
    ],
    [
      'the greater one of a day',
      [
        ['2021-01-01', 5],
        ['2021-01-01', 6],
      ],
      [6],
    ],
    [
      'one of two that are equal',
      [
        ['2021-01-01', 5],
        ['2021-01-02', 5],
      ],
      [5],
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
      'both neighbours of the smallest',
      [
        ['2021-01-01', 20],
        ['2021-01-25', 10],
        ['2021-02-18', 20],
      ],
      [20, 20],
    ],
    [
      'only the greatest of three in a row, before the newest',
      [
        ['2021-01-01', 1],
        ['2021-01-25', 3],
        ['2021-02-18', 2],
        ['2021-12-01', 1],
      ],
      [3, 1],
    ],
  ] as const)('writes %s', (_, points, expected) => {
    const { posts } = drawChart(
      points.map(([date, value]) => ({ date, value })),
      [],
    );
    expect(posts.filter(({ labelled }) => labelled).map(({ value }) => value)).toEqual(expected);
  });

  it('leaves a number out only beside the newest, or a written one that is not less', () => {
    const points = Array.from({ length: 60 }, (_, index) => ({
      date: `${2016 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
      value: (index * 37) % 101,
    }));
    const { posts } = drawChart(points, []);
    const written = posts.filter(({ labelled }) => labelled);
    expect(posts).toHaveLength(60);
    expect(written.length).toBeGreaterThan(4);
    for (const post of posts) {
      const near = written.filter((other) => other !== post && Math.abs(other.x - post.x) < 30);
      if (post.labelled) expect(near).toEqual([]);
      else
        expect(
          near.some((other) => other === posts.at(-1) || other.value >= post.value),
          `${post.value} at ${post.x}`,
        ).toBe(true);
    }
  });

  it('puts what is known of a year above the label of that year', () => {
    const { posts, years } = drawChart(
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
