import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archiveLimits } from '../../src/kit/core/archive/archive.ts';
import { carLimits } from '../../src/kit/core/archive/car/blocks.ts';
import { zipLimits } from '../../src/kit/core/archive/zip/read-zip.ts';
import { maxChainBytes } from '../../src/kit/core/chain/chain.ts';
import { editionLimits } from '../../src/kit/core/edition/edition.ts';
import { manifestLimits } from '../../src/kit/core/manifest/manifest.ts';
import { isWeakPoint, maxKeyFileBytes } from '../../src/kit/core/minisign/public-key.ts';
import {
  maxCommentBytes,
  maxSignatureBytes,
  usualComment,
} from '../../src/kit/core/minisign/signature.ts';
import { hiddenCharacter } from '../../src/kit/core/text/bytes.ts';
import { maxPathBytes, unseenCharacter } from '../../src/kit/core/text/safe-path.ts';
import { describeVerdict, verdicts } from '../../src/kit/core/verify/verdict.ts';
import { readCases } from '../vectors/contract.ts';

const spec = readFileSync('docs/spec.md', 'utf8');
const ruleOf = (id: string): string => {
  const [, text] =
    new RegExp(`- \\*\\*${id}\\*\\*(.*?)(?=\\n\\n(?! )|\\n- \\*\\*|$)`, 's').exec(spec) ?? [];
  if (text === undefined) throw new Error(`the specification has no rule ${id}`);
  return text.replace(/\s+/g, ' ');
};
const rules = [...spec.matchAll(/^- \*\*([A-Z]-\d+)\*\*/gm)].map(([, id = '']) => id);
const [, untested = ''] = spec.split(/^## \d+\. Rules without a vector$/m);
const cited = new Set(readCases().flatMap((each) => each.rules));

describe('the specification', () => {
  it('has each rule once, and a vector for each or a reason for none', () => {
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
    const excused = rules.filter((id) => new RegExp(`\\b${id}\\b`).test(untested));
    expect(rules.filter((id) => !cited.has(id))).toEqual(excused);
  });

  it('has every rule that a vector cites', () => {
    expect([...cited].filter((id) => !rules.includes(id))).toEqual([]);
  });

  it.each<[rule: string, numbers: readonly number[]]>([
    ['P-1', [maxPathBytes]],
    ['M-1', [manifestLimits.maxBytes, manifestLimits.maxLines, manifestLimits.maxFolders]],
    ['E-1', [editionLimits.maxBytes]],
    ['E-4', [editionLimits.maxNoticeBytes, editionLimits.maxExtensionBytes]],
    ['K-3', [maxKeyFileBytes]],
    ['S-1', [maxSignatureBytes, maxCommentBytes.untrusted, maxCommentBytes.trusted]],
    ['H-2', [maxChainBytes]],
    ['Z-5', [zipLimits.entries]],
    [
      'Z-12',
      [zipLimits.bytesOfAFile, zipLimits.bytes, zipLimits.ratio, zipLimits.bytesThatMayBeTight],
    ],
    ['C-6', [carLimits.bytesOfABlock, carLimits.blocks]],
    ['C-9', [carLimits.depthOfAFile]],
    ['C-12', [carLimits.entries, carLimits.links, carLimits.bytesOfAFile, carLimits.bytes]],
    ['D-2', [archiveLimits.bytesOfAFile]],
  ])('says in %s the numbers of the code', (rule, numbers) => {
    const said = ruleOf(rule)
      .match(/\d[\d,]*/g)
      ?.map((number) => Number(number.replaceAll(',', '')));
    expect(said).toEqual(expect.arrayContaining([...numbers]));
  });

  it('says the bounds of EDITION.txt as its grammar has them', () => {
    expect(spec).toContain(`1 to ${editionLimits.maxNumber}\n`);
    expect(spec).toContain(`at most ${editionLimits.maxCampaignCharacters} characters`);
    expect(spec.match(new RegExp(`1\\*${editionLimits.maxKeys}\\(`, 'g'))).toHaveLength(2);
    expect(spec).toContain(`*${editionLimits.maxExtensions}( "x-"`);
    expect(ruleOf('S-7')).toContain(`\`${usualComment}\``);
  });

  it.each([
    ['P-2', unseenCharacter, /[\0-\x1F\x7F-\x9F]/],
    ['E-4', hiddenCharacter, /(?!)/],
  ])('lists in %s the characters that the code refuses', (rule, refused, more) => {
    const from = rule === 'E-4' ? 'hidden characters' : 'without';
    const ranges = readRanges(ruleOf(rule).split(from)[1] ?? '');
    const differing: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const isRefused = refused.test(character) || more.test(character);
      if (isRefused !== ranges.some(([first, last]) => first <= code && code <= last))
        differing.push(code.toString(16));
    }
    expect(differing).toEqual([]);
  });

  it('lists the points of small order, and says what their second spellings are', () => {
    const points =
      spec.match(/^ +[0-9a-f]{64}$/gm)?.map((line) => Buffer.from(line.trim(), 'hex')) ?? [];
    expect(points).toHaveLength(5);
    for (const point of points) expect(isWeakPoint(point)).toBe(true);
  });

  it('has the verdicts of the code in their order, and their exit codes', () => {
    const said = [...ruleOf('V-1').matchAll(/`([a-z ]+)`/g)].map(([, verdict]) => verdict);
    expect(said).toEqual(verdicts);
    const codes = verdicts.map((verdict) => [verdict, describeVerdict(verdict).exitCode]);
    expect(Object.fromEntries(codes)).toEqual(
      Object.fromEntries(
        verdicts.map((verdict) => [
          verdict,
          verdict === 'authentic' ? 0 : verdict === 'unreachable' ? 3 : 1,
        ]),
      ),
    );
  });
});

/** `U+2000–200F`, `U+00AD`, and `U+nFFFE–nFFFF for n = 1 to 10`. */
function readRanges(text: string): [number, number][] {
  const ranges = [...text.matchAll(/U\+([0-9A-F]{4,6})(?:–(?:U\+)?([0-9A-F]{4,6}))?/g)].map(
    ([, first = '', last = first]): [number, number] => [parseInt(first, 16), parseInt(last, 16)],
  );
  if (text.includes('U+nFFFE–nFFFF'))
    for (let plane = 1; plane <= 0x10; plane += 1)
      ranges.push([plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]);
  return ranges;
}
