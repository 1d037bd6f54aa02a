import type { TypeTable } from './table.ts';

/** New Hart's Rules for spaces and numbers. Outer quotes are double, as in most English read on screens. */
export const en: TypeTable = {
  quotes: ['“', '”'],
  nested: ['‘', '’'],
  padding: '',
  before: {},
  dashes: ['–', '—'],
  thousands: [','],
  percent: [''],
};
