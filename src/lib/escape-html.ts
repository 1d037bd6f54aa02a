/**
 * A text as it is written into HTML, in an element or between double quotes (HTML standard, 13.3:
 * escaping a string).
 */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
