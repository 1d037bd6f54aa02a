import { narrow, noBreak, type TypeTable } from './table.ts';

/** The rules of spelling and punctuation of 2008; signs as in print. */
export const be: TypeTable = {
  quotes: ['«', '»'],
  nested: ['„', '“'],
  padding: '',
  before: {},
  dashes: ['—'],
  thousands: [noBreak, narrow],
  percent: [noBreak, narrow, ''],
};
