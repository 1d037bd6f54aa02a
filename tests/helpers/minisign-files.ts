import { nodePlatform } from '../../src/kit/node/platform.ts';
import { parsePublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { parseSignature, verifySignature } from '../../src/kit/core/minisign/signature.ts';

/** Made with minisign 0.11 for these tests; the passphrase is "correct horse". */
export const data = Buffer.from('hello mirror\n');
export const publicLine = 'RWTNs+aHU4Knj6rR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRd';
export const publicFile = `untrusted comment: minisign public key 8FA7825387E6B3CD\n${publicLine}\n`;
export const secretLine =
  'RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAzbPmh1OCp49WUgqswksqXhrymEoti/k7lfGfUUETN74z09UvYxAOOKrR2uOnhoFV1vGdEXjL2op47LPb3PnPSFRLL/SiYQRdAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
export const secretFile = `untrusted comment: minisign encrypted secret key\n${secretLine}\n`;
export const signatureFile = `untrusted comment: signature from minisign secret key
RUTNs+aHU4Knj0HlHanxfvcv4vQBb2ykjB/JcGhlVw1U+4AfZqTq1mK+iEGfFa+IP+g6zDQV+QImmS5R8nO6cj2npasyg1ccjQg=
trusted comment: campaign garden, edition 3
pv1gwopO4peM+1M1ot9/YV0vL35j4cc0l0ZfouOPhgdhtaCLN0jvWsqzhKRyZ7FwZJW1RXQnXwH9u20As1kqDQ==
`;
export const legacyFile = `untrusted comment: signature from minisign secret key
RWTNs+aHU4Knj6BZwdgY/evGlVsFPIAT2iOrC+7f9AalyMfUXexLQOhFcjUFtfK9sIIFY9JZbnvNKgCGLzPOup4r2stOSdGkpA8=
trusted comment: timestamp:1795311483\tfile:data
+FIn9r9aPXw74t5ngwy2nuXzKOH7MJItcf9KJemCI4mJ2M7ph/ZyGZSSFlz6rxYm+0kks5uOr/uhckuneYv9DA==
`;
export const protectedPublic = 'RWRFaTeb4GACrtTaxrZFghJw+m7luQ0jRj9Q2e/uoh8vl+1P4YX9zCwr';
export const protectedFile = `untrusted comment: minisign encrypted secret key
RWRTY0Iyvp1120iZcF+jJcM8Mu1X/ZyNDO6yzA3bGa56WhUgPigAAAACAAAAAAAAAEAAAAAAcKEzI4Fvt32ZJf4Fc7eOBv0TYFi1aGZiIIWwF5MQzYqqzazO0huNDwOf1R9fh/ehjIN1Yke0xmumXmf5t1eBwWcw8UvtGnlX9XSonmbDHR9jd2UVPNk9ehhHmmyAE5NyeiUA/PMW7uw=
`;
export const protectedSignature = `untrusted comment: signature from minisign secret key
RURFaTeb4GACrnbVheIcTMUksklzbG8Xtzezwn/GtLO8rc+vqP4hbfE+HAXabWW8k9euffDnMMWz9/XT1jt8k5NMWHQQ7pR45AA=
trusted comment: by the protected key
4SKjv3lv989ImB2U0N3o2lQB9OfNfjgUvrffIceHhe+sv4KkhvIbrFh1hsEIZ7T7mC/NSNcoeYjzGK4ReWyiCg==
`;

/** Reads a signature from text. */
export const readSignature = (text: string | Buffer) => parseSignature(Buffer.from(text));
/** Verifies a signature of the data above. */
export const verify = (
  text: string,
  key = publicLine,
  bytes: Parameters<typeof verifySignature>[2] = data,
) => verifySignature(readSignature(text), parsePublicKey(key), bytes, nodePlatform);
/** A replacement that must find its place. */
export const change = (text: string, from: string | RegExp, to: string): string => {
  if (text.replace(from, to) === text) throw new Error('nothing changed');
  return text.replace(from, to);
};
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}
