import type { Behaviour } from './behaviour.ts';
import { codings } from './behaviours/codings.ts';
import { contentTypes } from './behaviours/content-types.ts';
import { framing } from './behaviours/framing.ts';
import { habits } from './behaviours/habits.ts';
import { linkHeaders } from './behaviours/link-headers.ts';
import { otherHeaders } from './behaviours/other-headers.ts';
import { redirects } from './behaviours/redirects.ts';

/** Everything that hosts are tried with, by kind; a kind is a row of the table. */
export const behavioursByKind: Readonly<Record<string, readonly Behaviour[]>> = {
  'Link headers': linkHeaders,
  'types, encodings, dispositions': contentTypes,
  'content codings': codings,
  'redirects and Refresh': redirects,
  'framing, status, altered bodies': framing,
  'other headers': otherHeaders,
  'habits of honest hosts': habits,
};

export const allBehaviours: readonly Behaviour[] = Object.values(behavioursByKind).flat();
