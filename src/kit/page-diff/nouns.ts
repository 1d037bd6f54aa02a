import type { Block } from './page-content.ts';

/** What a block is called, with its article. */
export const nounOf = ({ kind }: Block): string =>
  kind === 'words' || kind === 'code'
    ? `a piece of ${kind}`
    : kind === 'title'
      ? 'the title'
      : `a ${kind}`;
export const articleOf = (noun: string): string => (/^[aeio]/.test(noun) ? 'an' : 'a');
