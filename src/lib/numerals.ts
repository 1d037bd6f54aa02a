/**
 * The numerals of a text, without the thousands separators of its language, sorted: "8,400", "8 400" and "8.400" are all
 * 8400. Two translations of one text must agree in them: a changed figure is the easiest lie to miss.
 */
export function collectNumerals(text: string): string[] {
  const numerals = text.match(/\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+(?!\d)|\d+/g) ?? [];
  return [...new Set(numerals.map((numeral) => numeral.replace(/\D/g, '')))].sort();
}

/** What stands in one list and not in the other, both ways. */
export function diffLists(a: readonly string[], b: readonly string[]): { onlyA: string[]; onlyB: string[] } {
  return { onlyA: a.filter((item) => !b.includes(item)), onlyB: b.filter((item) => !a.includes(item)) };
}
