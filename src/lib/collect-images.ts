import { defineMdastPlugin } from 'satteri';
import { isImageFile } from '../campaign/read/folder.ts';

/**
 * Tells Astro of images by reference (`![A rake][r]`, and below `[r]: ./rake.jpg`). By itself it
 * looks at inline images only, and would leave the path of the original in the page.
 */
export const collectImages = defineMdastPlugin({
  name: 'vyrai/collect-images',
  definition({ url }, { data }) {
    if (/^\.{1,2}\//.test(url) && isImageFile(url)) data.astro?.localImagePaths.add(decodeURI(url));
  },
});
