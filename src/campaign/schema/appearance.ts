/** What a campaign may choose of how its pages look and where they lead, each from a list. */
import { z } from 'astro/zod';

/** What the menu can have, in the order that it has where nothing is said. */
export const menuPages = ['actions', 'way', 'day', 'initiatives', 'updates', 'search'] as const;
export type MenuPage = (typeof menuPages)[number];

/**
 * What home has below its first screen, in the order that it has where nothing is said. Its own text
 * is first where a campaign does not name it.
 */
export const homeSections = ['text', 'actions', 'days', 'news', 'figure'] as const;
export type HomeSection = (typeof homeSections)[number];

/**
 * Typefaces of running text, from what systems bring: a font of our own would be bytes in each
 * page, or a request. `serif` is what the style has by itself.
 */
export const fontStacks = {
  serif: undefined,
  sans: 'system-ui,sans-serif',
  'old-style': 'Iowan Old Style,Palatino Linotype,URW Palladio L,P052,serif',
  humanist: 'Seravek,Gill Sans Nova,Ubuntu,Calibri,DejaVu Sans,sans-serif',
} as const satisfies Readonly<Record<string, string | undefined>>;
export type FontStack = keyof typeof fontStacks;

const isOnceEach = (list: readonly string[]): boolean => new Set(list).size === list.length;

/** `menu` of site.yaml. Whatever it leaves out is still found by the search and its list. */
export const menu = z
  .array(z.enum(menuPages))
  .refine(isOnceEach, 'each page once')
  .refine((pages) => pages.includes('search'), '"search" among them: it leads to all pages')
  .default([...menuPages]);

/** `home.sections` of site.yaml. */
export const sections = z
  .array(z.enum(homeSections))
  .refine(isOnceEach, 'each section once')
  .default([...homeSections]);

/** `font` of site.yaml. */
export const font = z.enum(Object.keys(fontStacks) as [FontStack, ...FontStack[]]).default('serif');
