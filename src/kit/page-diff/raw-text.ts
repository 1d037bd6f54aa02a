/** Elements whose content holds no tags (HTML standard, 13.2.5.2 to 4); in those of the second line it holds references. */
const rawElements = new Set([
  'script',
  'style',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
]);
const referring = new Set(['title', 'textarea']);

/** How the text after a start tag is to be read; undefined if as usual. */
export const rawKindOf = (name: string): 'raw' | 'referring' | undefined =>
  rawElements.has(name) ? 'raw' : referring.has(name) ? 'referring' : undefined;

/** Where the content of such an element ends: the place of its end tag, or the end of the page. In linear time. */
export function findRawEnd(html: string, start: number, name: string): number {
  if (name === 'plaintext') return html.length;
  if (name === 'script') return findScriptEnd(html, start);
  const end = new RegExp(String.raw`</${name}(?=[\t\n\f />])`, 'gi');
  end.lastIndex = start;
  return end.exec(html)?.index ?? html.length;
}

/**
 * A script ends at its end tag, but not where `<!--` and then `<script` stand before it (13.2.5.15 to 31).
 * Attack: `<script><!--<script></script>…`, after which one program shows text that another one takes for code.
 */
function findScriptEnd(html: string, start: number): number {
  const marks = /<!--|--!?>|<(\/?)script(?=[\t\n\f />])/gi;
  marks.lastIndex = start;
  let [escaped, doubly] = [false, false];
  for (let mark = marks.exec(html); mark; mark = marks.exec(html)) {
    if (mark[0] === '<!--') {
      escaped = true;
      marks.lastIndex -= 2; // in `<!-->` the same hyphens end it
    } else if (mark[0] === '-->') [escaped, doubly] = [false, false];
    else if (mark[0] === '--!>')
      marks.lastIndex -= 1; // ends comments, but not these
    else if (mark[1] === '' && escaped) doubly = true;
    else if (mark[1] === '/' && doubly) doubly = false;
    else if (mark[1] === '/') return mark.index;
  }
  return html.length;
}
