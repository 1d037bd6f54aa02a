import { getImage } from 'astro:assets';
import type { ImageMetadata } from 'astro';

/** In CSS pixels: as wide as a column of text is on a screen of double density, and no taller. */
const maxWidth = 960;
const maxHeight = 1440;

/**
 * What a text of markdown and one of MDX put into the `<img>` of an image of the campaign: the same
 * small copy without metadata, and its size, so that nothing moves when it comes.
 * @throws what Astro throws for an image that it cannot read; the campaign's check has read it
 */
export async function sizeImage(image: ImageMetadata, alt: string) {
  const scale = Math.min(1, maxWidth / image.width, maxHeight / image.height);
  const { src, attributes } = await getImage({
    src: image,
    width: Math.max(1, Math.round(image.width * scale)),
    format: 'webp',
  });
  return {
    src,
    width: String(attributes['width']),
    height: String(attributes['height']),
    loading: 'lazy',
    decoding: 'async',
    alt,
  } as const;
}
