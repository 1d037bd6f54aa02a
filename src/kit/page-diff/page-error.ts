import { UserError } from '../core/text/user-error.ts';

/** A page that is not read, since reading it would cost more than any true page does. */
export class PageError extends UserError {
  override readonly name = 'PageError';

  constructor(found: string, expected: string) {
    super(
      `The page has ${found}, expected ${expected}. No page of a true copy is so large: look at it in a text editor, not in a browser.`,
    );
  }
}

/** A hundred times what our pages may have, so that one file with a whole language in it is read too. */
export const pageLimits = {
  maxBytes: 4 * 2 ** 20,
  /** Tags, attributes and unknown references together: each costs memory of its own. */
  maxMarks: 150_000,
} as const;
