import { randomInt } from 'node:crypto';
import { z } from 'astro/zod';

/** 25 characters of 36 after a letter are 134 bits: nobody draws the same twice, or guesses one. */
const [letters, digits, length] = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 26];
const form = /^[a-z][a-z0-9]{25}$/;

/**
 * Draws an identifier for a new file. It begins with a letter, since YAML would take one of digits
 * for a number.
 */
export function drawIdentifier(): string {
  const draw = (alphabet: string) => alphabet.charAt(randomInt(alphabet.length));
  return draw(letters) + Array.from({ length: length - 1 }, () => draw(letters + digits)).join('');
}

/** What to do about a file without an identifier of its own. */
export const proposeIdentifier = (): string =>
  `write this one, which was drawn for this file just now: id: ${drawIdentifier()}`;

/**
 * The identifier of a text in feeds: drawn at random, different in each language, never changed.
 * Attack: readers keep the first item of an identifier. Who can guess that of tomorrow's text puts
 * an item of their own under it into a feed that people have next to ours, and ours is never shown.
 */
export const identifier = z.unknown().transform((value, context): string => {
  if (typeof value === 'string' && form.test(value)) return value;
  context.addIssue({
    code: 'custom',
    message:
      'an identifier of 26 letters a-z and digits, drawn at random, by which readers of feeds know the text',
    params: { fix: proposeIdentifier() },
  });
  return z.NEVER;
});
