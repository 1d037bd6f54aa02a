import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { WebOptions } from '../../src/kit/node/source/http/limits.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { always, drip, pour, reply, type RawAnswer } from '../helpers/raw-host.ts';
import { describeRefusal, packed, page, visitHost } from '../helpers/visit-host.ts';

describe('pauses', () => {
  const timesOf = async (answer: Buffer, options: Partial<WebOptions>): Promise<number[]> => {
    const times: number[] = [];
    const note: RawAnswer = (socket) => {
      times.push(performance.now());
      socket.write(answer);
    };
    await visitHost(
      note,
      async (copy, host) =>
        expect(await describeRefusal(copy.hash('en/a.html'), host)).toMatch(
          /, also after \d further tries\.$/,
        ),
      options,
    );
    return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)));
  };

  test('grow', async () => {
    const [first = 0, second = 0, third = 0, ...more] = await timesOf(reply('', '', '503 Busy'), {
      pauseSeconds: 0.04,
      maxPauseSeconds: 0.3,
    });
    expect(more).toEqual([]);
    expect([first >= 39, second >= 119, third >= 299]).toEqual([true, true, true]);
  });

  test('are as long as the host asks, up to a bound', async () => {
    const [first = 0] = await timesOf(reply('', 'Retry-After: 3600\r\n', '429 Too Many Requests'), {
      maxPauseSeconds: 0.3,
      retries: 1,
    });
    expect(first).toBeGreaterThanOrEqual(299); // the hour that the host asks for would end the test
  });
});

describe('a host without end', () => {
  test('that sends interim answers for ever is left', () =>
    visitHost(
      (socket) => drip(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(30), 5),
      async (copy, host) =>
        expect(await describeRefusal(copy.hash('en/a.html'), host)).toBe(
          'unreadable: "en/a.html" of "HOST": more than 16 interim answers (1xx), expected the file.',
        ),
    ));

  test('that sends a byte now and then is left, and not asked again', () =>
    visitHost(
      (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', '.', 100),
      async (copy, host) => {
        expect(await describeRefusal(copy.hash('en/a.html'), host)).toMatch(
          /^unreachable: "en\/a.html" of "HOST": the answer came to \d+ bytes in \d seconds, expected at least 30 a second\.$/,
        );
        expect(copy.spent.requests).toBe(1);
      },
      { runSeconds: 30, fileSeconds: 30 },
    ));
});

describe('a run', () => {
  test('ends at its time', () =>
    visitHost(
      (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', '.'.repeat(10), 20),
      async (copy, host) => {
        expect(await describeRefusal(copy.hash('en/a.html'), host)).toBe(
          'unreachable: "en/a.html" of "HOST": all files together take more than 0.5 seconds.',
        );
        expect(await describeRefusal(copy.hash('en/b.html'), host)).toBe(
          'unreachable: "en/b.html" of "HOST": all files together take more than 0.5 seconds.',
        );
        // nothing is tried again after the end of the run
        expect(copy.spent.requests).toBeLessThanOrEqual(2);
      },
      { runSeconds: 0.5 },
    ));

  test.each([
    ['as received', packed('deflate', Buffer.from(`${'000000ffff'.repeat(800)}010000ffff`, 'hex'))],
    ['unpacked', packed('gzip', gzipSync(Buffer.alloc(4000)))],
  ])('ends at its bytes, %s', (_, bytes) =>
    visitHost(
      always(bytes),
      async (copy, host) => {
        await copy.hash('en/a.html');
        await copy.hash('en/b.html');
        expect(await describeRefusal(copy.hash('en/c.html'), host)).toBe(
          'too long: "en/c.html" of "HOST": with it, all answers together have more than 10000 bytes, expected at most that.',
        );
      },
      { bytes: 10_000 },
    ),
  );

  test('counts what it costs', () =>
    visitHost(always(packed('gzip', gzipSync(page))), async (copy) => {
      await copy.hash('en/a.html');
      await copy.readAddress('');
      expect(copy.spent).toEqual({ requests: 2, bytes: 2 * gzipSync(page).length });
    }));

  test('ends when it is closed, in the middle of an answer and of a pause', () =>
    visitHost(
      (socket, count) =>
        count === 0
          ? drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', '.'.repeat(10), 20)
          : socket.write(reply('', '', '503 Busy')),
      async (copy, host) => {
        const first = describeRefusal(copy.hash('en/a.html'), host);
        await new Promise((done) => setTimeout(done, 100));
        const second = describeRefusal(copy.hash('en/b.html'), host);
        await new Promise((done) => setTimeout(done, 100));
        await copy.close();
        expect(await first).toMatch(
          /^unreachable: "en\/a\.html" of "HOST": the answer was cut off|hung up/,
        );
        expect(await second).toBe('unreachable: "en/b.html" of "HOST": the host answers 503.');
        expect(await describeRefusal(copy.hash('en/c.html'), host)).toBe(
          'unreadable: "en/c.html" of "HOST": the copy has been closed.',
        ); // the pauses of this visit are of a minute: waited for, they would end the test
      },
      { pauseSeconds: 60, maxPauseSeconds: 60, fileSeconds: 100, runSeconds: 100 },
    ));

  test('keeps little in memory, however large the files are', () =>
    visitHost(
      (socket) =>
        pour(
          socket,
          `HTTP/1.1 200 OK\r\nContent-Length: ${200 * 2 ** 20}\r\n\r\n`,
          Buffer.alloc(2 ** 20),
        ),
      async (copy) => {
        let highest = 0;
        const before = process.memoryUsage().rss;
        const watch = setInterval(
          () => (highest = Math.max(highest, process.memoryUsage().rss)),
          20,
        );
        expect(await copy.hash('large.bin')).toBe(hashBytes(Buffer.alloc(200 * 2 ** 20)));
        clearInterval(watch);
        expect(highest).toBeGreaterThan(0);
        expect(highest - before).toBeLessThan(100 * 2 ** 20);
      },
      // a busy machine takes minutes for these bytes: the limit of the test ends what hangs
      { bytesOfAFile: 2 ** 30, fileSeconds: 600, runSeconds: 600, stallSeconds: 60 },
    ));
});
