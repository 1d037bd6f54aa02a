import { z } from 'astro/zod';
import { editionLimits } from '../../kit/core/edition/edition.ts';
import {
  KeyError,
  parsePublicKey,
  printPublicKey,
  type PublicKey,
} from '../../kit/core/minisign/public-key.ts';

/** The key in a text that is one, and nothing else. */
function readKey(text: string): PublicKey | undefined {
  try {
    const key = parsePublicKey(text);
    return printPublicKey(key) === text ? key : undefined;
  } catch (error) {
    if (error instanceof KeyError) return undefined;
    throw error;
  }
}

const publicKey = z
  .string()
  .refine(
    (text) => readKey(text) !== undefined,
    'a public key of minisign that is safe to use: one line of 56 characters that begins with RW, as in a .pub file',
  );

/**
 * Stops one holder from counting as two: the id is a label, so the same key under another id is the
 * same key.
 */
const keyList = z
  .array(publicKey)
  .min(1, 'at least one key')
  .max(editionLimits.maxKeys, `at most ${editionLimits.maxKeys} keys`)
  .superRefine((texts, context) => {
    const keys = texts.map(readKey);
    keys.forEach((key, index) => {
      const duplicate =
        key &&
        keys
          .slice(0, index)
          .some(
            (other) =>
              other && (other.id === key.id || Buffer.from(other.ed25519).equals(key.ed25519)),
          );
      if (duplicate)
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'a key that no line before has, neither its id nor the rest',
        });
    });
  });

const fields = { threshold: z.int().min(1, 'a number from 1'), keys: keyList };
/** Without this, no edition could ever be signed. */
const isReachable = ({ threshold, keys }: { threshold: number; keys: readonly string[] }) =>
  threshold <= keys.length;
const reachable = {
  path: ['threshold'],
  message: 'a number of signatures that is not larger than the number of keys',
};

/**
 * The keys of a campaign: how many of which have to sign an edition, those of the edition after
 * (the same, where nothing is said), and those of rebuilders: people who build editions again and
 * attest that they come out the same.
 */
export const campaignKeys = z
  .strictObject({
    ...fields,
    next: z.strictObject(fields).refine(isReachable, reachable).optional(),
    rebuilders: keyList.optional(),
  })
  .refine(isReachable, reachable)
  .transform(({ next, rebuilders = [], ...keys }) => ({ ...keys, next: next ?? keys, rebuilders }));
export type CampaignKeys = z.infer<typeof campaignKeys>;
