import { chain } from './chain.ts';
import { eleventy } from './eleventy.ts';
import type { Generator } from './generator.ts';
import { hugo } from './hugo.ts';
import { starlight } from './starlight.ts';
import { vyrai } from './vyrai.ts';

/** All that the bench can measure, in the order of its table. */
export const generators: readonly Generator[] = [vyrai, starlight, eleventy, chain, hugo];
