/**
 * Text without what styles may change: gaps between blocks, and letters that are shown as capitals.
 */
export const squeeze = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/** Where two texts first differ, with some words around it on both sides. */
export function showDifference(seen: string, expected: string): string {
  let at = 0;
  while (at < seen.length && seen[at] === expected[at]) at++;
  const excerpt = (text: string) => text.slice(Math.max(0, at - 30), at + 50);
  return `"…${excerpt(seen)}…", expected "…${excerpt(expected)}…"`;
}
