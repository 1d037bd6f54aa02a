import { defineMdastPlugin } from 'satteri';
import { isContentComponent } from '../campaign/schema/content-components.ts';

/**
 * The second lock of invariant 6, inside the compiler itself: the first one,
 * `campaign/check-bodies.ts`, has the better words, but parses for itself, and a text on which two
 * parsers disagree would get past it.
 */
export const refuseCode = defineMdastPlugin({
  name: 'vyrai/refuse-code',
  mdxjsEsm: refuse,
  mdxFlowExpression: refuse,
  mdxTextExpression: refuse,
  mdxJsxFlowElement: refuseElement,
  mdxJsxTextElement: refuseElement,
});

function refuse(): never {
  throw new Error(
    'A text of the campaign holds code, which got past the check of the campaign. Nothing was run.',
  );
}

function refuseElement({
  name,
  attributes,
}: {
  readonly name: string | null;
  readonly attributes: readonly { readonly type: string; readonly value?: unknown }[];
}): void {
  if (name === null || !isContentComponent(name)) refuse();
  if (attributes.some(({ type, value }) => type !== 'mdxJsxAttribute' || typeof value !== 'string'))
    refuse();
}
