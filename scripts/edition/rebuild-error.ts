/** A commit that could not be built again; in words, with what was printed. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
  /** What the command ends with: 1 for a fault, 130 if somebody stopped it. */
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
