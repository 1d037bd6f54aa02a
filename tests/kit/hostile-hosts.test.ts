import { beforeAll, describe, expect, test } from 'vitest';
import { allBehaviours } from '../../scripts/lab/oracle/all-behaviours.ts';
import { startBehavingHost } from '../../scripts/lab/oracle/behaving-host.ts';
import { checkHost } from '../../scripts/lab/oracle/check-host.ts';
import { makeSignedSite, type SignedSite } from '../../scripts/lab/oracle/signed-site.ts';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';

/*
 * Hosts that do something to true bytes, by their names in the oracle's table: the lab shows there
 * what browsers make of each. Here are their verdicts, without a browser.
 */

let site: SignedSite;
beforeAll(async () => {
  site = await makeSignedSite();
});

async function check(name: string) {
  const behaviour = allBehaviours.find((each) => each.name === name);
  if (!behaviour) throw new Error(`the oracle has no behaviour “${name}”`);
  const host = await startBehavingHost(site, behaviour, 'name.invalid');
  try {
    return await checkHost(host.base, site);
  } finally {
    host.stop();
  }
}

const behind = /there are further bytes, which browsers and tools read differently/;

describe('a page of true bytes', () => {
  test.each<[behaviour: string, verdict: Verdict, evidence: RegExp]>([
    ['Content-Encoding: gzip of two members', 'tampered', behind],
    ['Content-Encoding: gzip of an empty member, then the page', 'tampered', behind],
    ['Content-Encoding: gzip, then an empty member', 'tampered', behind],
    ['Content-Encoding: gzip, then other bytes', 'tampered', behind],
    ['Content-Encoding: gzip, then zeros', 'tampered', behind],
    ['Content-Encoding: deflate, then other bytes', 'tampered', behind],
    ['Content-Encoding: deflate without zlib, then other bytes', 'tampered', behind],
    ['Content-Encoding: br, then other bytes', 'tampered', behind],
    ['Content-Encoding: zstd, then other bytes', 'tampered', behind],
    ['Content-Encoding: the front page as gzip of two members', 'tampered', behind],
  ])('that comes with %s is %s', async (name, verdict, evidence) => {
    const found = await check(name);
    expect(found.evidence.join('\n')).toMatch(evidence);
    expect(found.verdict).toBe(verdict);
  });
});

describe('an honest host', () => {
  test.each(allBehaviours.filter(({ isHabit }) => isHabit).map(({ name }) => [name]))(
    'is authentic: %s',
    async (name) => {
      const { verdict, evidence } = await check(name);
      expect({ verdict, evidence }).toEqual({ verdict: 'authentic', evidence: [] });
    },
  );
});
