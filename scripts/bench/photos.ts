import sharp from 'sharp';
import { photos } from './corpus.ts';
import { makeRandom } from './words.ts';

const [width, height] = [960, 640];

/** JPEG files as a camera of a phone would leave them, of coloured waves with noise, by name. */
export async function makePhotos(): Promise<Map<string, Buffer>> {
  const made = photos.map(async (name, number): Promise<[string, Buffer]> => {
    const random = makeRandom(number + 1);
    const pixels = Buffer.alloc(width * height * 3);
    for (let at = 0; at < pixels.length; at++) {
      const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
      const wave = Math.sin((x * (number + 1)) / 90) + Math.cos((y * ((at % 3) + 1)) / 70);
      pixels[at] = 128 + wave * 50 + (random() - 0.5) * 24;
    }
    const image = sharp(pixels, { raw: { width, height, channels: 3 } });
    return [name, await image.jpeg({ quality: 70 }).toBuffer()];
  });
  return new Map(await Promise.all(made));
}
