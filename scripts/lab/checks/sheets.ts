import { rawTextOf, type Page } from '../site.ts';

/**
 * A page that sets the size of its paper is a sheet to print, a leaflet or a form: it shows words on the screen (how to print it)
 * that do not belong onto paper, and no stranger can tell which.
 */
export const isSheet = ({ elements }: Page): boolean =>
  elements.some((element) => element.tagName === 'style' && rawTextOf(element).includes('@page'));
