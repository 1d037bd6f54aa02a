/** A commit that could not be built again; in words, with what was printed. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
}
