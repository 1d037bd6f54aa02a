import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = 'public/hosting';
const files = readdirSync(folder).sort();
const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');

/** Names and numbers of machines that nobody owns, or that are this one. */
const harmless = /^(?:127\.0\.0\.1|0\.0\.0\.0|[\w.-]*\.invalid)$/;

/**
 * What could lead to a machine or a person: hosts of addresses, e-mail addresses, numbers of
 * machines.
 */
function findAddresses(text: string): string[] {
  const hosts = [
    ...text.matchAll(/\b(?:https?|ftp|wss?):\/\/([a-z0-9][a-z0-9.-]*)/gi),
    ...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g),
    ...text.matchAll(/\b(\d{1,3}(?:\.\d{1,3}){3})\b/g),
  ];
  return hosts.map(([, host = '']) => host).filter((host) => !harmless.test(host));
}

test('there is a text for each kind of host, and nothing else', () => {
  expect(files).toEqual(['apache.txt', 'caddy.txt', 'headers.txt', 'nginx.txt']);
});

describe.each(files)('%s', (file) => {
  const text = read(file);
  const head = text.split('\n\n')[0] ?? '';

  test('begins with what it is, where it goes, what to change, and that it names nobody', () => {
    expect(head.split('\n').every((line) => line.startsWith('#'))).toBe(true);
    expect(head).toMatch(/^# A mirror on /);
    expect(head).toMatch(/Copy this file (?:to|into) /);
    expect(head).toContain('To change: ');
    expect(head.replaceAll('\n# ', ' ')).toContain('names no campaign and no address');
  });

  test('holds no address but placeholders', () => {
    expect(findAddresses(text)).toEqual([]);
    expect(
      findAddresses(
        `${text}\n# ask root@mirror.example.org at https://mirror.example.org or 192.0.2.7`,
      ),
    ).toEqual(['mirror.example.org', 'mirror.example.org', '192.0.2.7']);
  });

  test('fits any screen, in plain signs', () => {
    expect(text).toMatch(/^[\x20-\x7e\n\t]+\n$/);
    const long = text
      .split('\n')
      .filter((line) => line.trim().startsWith('#') && line.length > 130);
    expect(long).toEqual([]);
  });

  test('says why nothing is kept, and sends no reports', () => {
    expect(text).toContain('no-store');
    expect(text).toContain("Nothing stays on the reader's disk");
    expect(text).not.toMatch(
      /^\s*(?!#)(?:add_header|header|Header always set)?\s*(?:report-to|nel|reporting-endpoints)\b/im,
    );
  });
});
