/** Start tags that end a drawing, wherever they stand in it (HTML standard, 13.2.6.5). */
const breakouts = new Set(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var'.split(
    ' ',
  ),
);
const roots = new Set(['svg', 'math']);
/** In these the rules of HTML hold again. */
const htmlWithin = new Set([
  'foreignobject',
  'desc',
  'title',
  'annotation-xml',
  'mi',
  'mo',
  'mn',
  'ms',
  'mtext',
]);
/** More than any drawing needs; what is deeper counts as if it were here. */
const deepest = 100;

/** Follows whether a place is inside of a drawing, where <style> and <title> hold tags, and `/>` ends an element. */
export class ForeignContent {
  readonly #open: string[] = [];

  get inside(): boolean {
    return roots.has(this.#open.at(-1) ?? '');
  }

  /** Passes a start tag. Says whether it is one of a drawing. */
  start(name: string, selfClosing: boolean): boolean {
    const inside = this.inside;
    if (inside && breakouts.has(name)) {
      this.#open.length = 0;
      return false;
    }
    const opens = roots.has(name) || (inside && htmlWithin.has(name));
    if (opens && !selfClosing && this.#open.length < deepest) this.#open.push(name);
    return inside || roots.has(name);
  }

  end(name: string): void {
    const last = this.#open.lastIndexOf(name);
    if (last >= 0) this.#open.length = last;
  }
}
