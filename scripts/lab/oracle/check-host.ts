import { openWebCopy } from '../../../src/kit/node/source/web-copy.ts';
import type { Verdict } from '../../../src/kit/core/verify/verdict.ts';
import { verifyCopy } from '../../../src/kit/core/verify/verify-copy.ts';
import { nodePlatform } from '../../../src/kit/node/platform.ts';
import type { SignedSite } from './signed-site.ts';

/** What `verify` says of a host. */
export interface CheckedHost {
  readonly verdict: Verdict;
  /** Evidence, then notes, as sentences. */
  readonly evidence: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Short, so that a host that never answers rightly is soon done with; what is decided does not
 * depend on it.
 */
const patience = {
  retries: 1,
  pauseSeconds: 0.05,
  maxPauseSeconds: 0.1,
  answerSeconds: 2,
  stallSeconds: 1,
  fileSeconds: 4,
  runSeconds: 20,
};

/** Checks the site at an address as `npm run verify -- ADDRESS --key KEY` does. */
export async function checkHost(base: string, { key }: SignedSite): Promise<CheckedHost> {
  const copy = openWebCopy(base, patience);
  const trust = {
    origin: 'the oracle',
    campaign: undefined,
    editions: new Map<number, never>(),
    given: { threshold: 1, keys: [key] },
  };
  try {
    const { verdict, evidence, notes } = await verifyCopy(
      { copy, web: copy, irregular: [] },
      trust,
      {
        today: '2026-06-01',
        seen: () => [],
        progress: () => {},
        platform: nodePlatform,
      },
    );
    return { verdict, evidence: evidence.map(({ text }) => text), notes };
  } finally {
    await copy.close();
  }
}
