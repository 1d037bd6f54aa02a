import { publish } from '../../scripts/publish/publish.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

export interface PublishOutcome {
  readonly code: number;
  readonly output: string;
}

/** Publishes a site by the editions of a clone: the command without its process. */
export async function runPublish(
  site: string,
  clone: string,
  words: readonly string[],
): Promise<PublishOutcome> {
  const lines: string[] = [];
  try {
    const code = await publish([...words, '--no-memory'], {
      site,
      campaign: clone,
      print: (text) => lines.push(text),
    });
    return { code, output: lines.join('\n') };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode ?? 1, output: [...lines, error.message].join('\n') };
  }
}
