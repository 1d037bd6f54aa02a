import { narrow, noBreak, type TypeTable } from './table.ts';

/** Milchin and Cheltsova, the handbook of publishers and authors. */
export const ru: TypeTable = {
  quotes: ['«', '»'],
  nested: ['„', '“'],
  padding: '',
  before: {},
  dashes: ['—'],
  thousands: [noBreak, narrow],
  percent: [noBreak, narrow, ''],
};
