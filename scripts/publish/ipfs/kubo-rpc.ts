import { z } from 'astro/zod';
import { quoteName } from '../../../src/kit/core/text/plain-characters.ts';
import { PlaceError } from '../place-error.ts';

/** What Kubo answers when it refuses. */
const refusalSchema = z.object({ Message: z.string() });

/** A question that a node may answer with no, which is no failure. */
export type RpcAnswer =
  { readonly ok: true; readonly body: string } | { readonly ok: false; readonly message: string };

/**
 * Asks a node of IPFS by the RPC of Kubo (`/api/v0`), which takes POST alone.
 * @param node its address, without a slash at its end
 * @param seconds how long the node may take
 * @throws PlaceError if it does not answer
 */
export async function askKubo(
  node: string,
  call: string,
  parameters: Readonly<Record<string, string>>,
  { file, seconds = 60 }: { file?: Blob; seconds?: number } = {},
): Promise<RpcAnswer> {
  const form = new FormData();
  if (file) form.append('file', file, 'site.car');
  try {
    const response = await fetch(`${node}/api/v0/${call}?${new URLSearchParams(parameters)}`, {
      method: 'POST',
      ...(file && { body: form }),
      redirect: 'error',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    const body = await response.text();
    return response.ok ? { ok: true, body } : { ok: false, message: readRefusal(body) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PlaceError(
      `The node ${node} does not answer ${call} (${quoteName(why, 200)}). Start it (ipfs daemon), or name another one.`,
      { cause: error },
    );
  }
}

function readRefusal(body: string): string {
  try {
    return refusalSchema.parse(JSON.parse(body)).Message;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
    return body.slice(0, 200); // a proxy in front of it, which speaks otherwise
  }
}

/** The same, where a no is a failure. Throws PlaceError. */
export async function requireKubo(...question: Parameters<typeof askKubo>): Promise<string> {
  const answer = await askKubo(...question);
  if (answer.ok) return answer.body;
  throw new PlaceError(
    `The node ${question[0]} refuses ${question[1]}: ${quoteName(answer.message, 300)}`,
  );
}
