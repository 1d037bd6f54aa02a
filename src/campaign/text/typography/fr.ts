import { narrow, noBreak, type TypeTable } from './table.ts';

/** Lexique des règles typographiques en usage à l'Imprimerie nationale. */
export const fr: TypeTable = {
  quotes: ['«', '»'],
  nested: ['“', '”'],
  padding: noBreak,
  before: { ';': narrow, '!': narrow, '?': narrow, ':': noBreak },
  dashes: ['–', '—'],
  thousands: [narrow, noBreak],
  percent: [narrow, noBreak],
};
