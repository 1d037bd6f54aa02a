import { dirname, join, normalize, sep } from 'node:path';
import sharp from 'sharp';
import type { Fault } from '../read/fault.ts';
import { isImageFile } from '../read/folder.ts';
import type { MarkdownNode } from '../read/markdown.ts';
import type { Entry } from '../schema/entries.ts';

/** What an image says in words. */
export function describeImage(
  { url = '', alt, title }: MarkdownNode,
  file: string,
  line: number,
): Fault[] {
  if ((alt ?? '').trim() === '')
    return [
      {
        file,
        line,
        found: `![](${url}), an image without a description`,
        expected: 'a description: whoever cannot see or load the image reads that in its place',
        fix: 'write what is to be seen: ![Rakes at a shed](./rakes.jpg)',
      },
    ];
  if ((title ?? '') === '') return [];
  return [
    {
      file,
      line,
      found: `the title "${title}" of the image ${url}`,
      expected: 'an image without a title: on phones and in feeds nobody sees it',
      fix: 'write the words below the image',
    },
  ];
}

/** Where an image of a text is, and that it is one of the campaign. */
export function checkImage(
  files: ReadonlySet<string>,
  { file }: Entry,
  line: number,
  url: string,
): Fault[] {
  const place = { file, line, where: `image ${url}` };
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) {
    return [
      {
        ...place,
        found: 'an image at another host',
        expected: 'an image of the campaign folder: another host would learn who reads',
        fix: 'save the image next to the text, if its licence allows it',
      },
    ];
  }
  // Plain names only: the bundler reads "?", "#", "%", "@" and names of packages in its own way,
  // and would load what no check has seen.
  if (
    !/^\.{1,2}\/(?:(?:\.\.|[A-Za-z0-9][A-Za-z0-9._-]*)\/)*[A-Za-z0-9][A-Za-z0-9._-]*$/.test(url)
  ) {
    return [
      {
        ...place,
        found: `the address ${url}`,
        expected:
          'a path that begins with ./ or ../, of letters, digits, dots, hyphens and underscores',
        fix: `rename the image, and write it as ./${url.replace(/^.*\//, '').replace(/[^A-Za-z0-9._-]+/g, '-')}`,
      },
    ];
  }
  const path = normalize(join(dirname(file), url))
    .split(sep)
    .join('/');
  if (!isImageFile(path)) {
    return [
      {
        ...place,
        found: `the ending of ${path}`,
        expected:
          'jpg, jpeg, png, webp, avif or gif, in small letters: an SVG could hold a ' +
          'script, which would run where the file is opened, and tell its author who did',
        fix: 'save the image in one of these kinds',
      },
    ];
  }
  if (!files.has(path)) {
    return [
      {
        ...place,
        found: `no file ${path}`,
        expected: 'an image below the campaign folder, its name in the same case',
        fix: 'add the image, or fix its path, which begins at the folder of the text',
      },
    ];
  }
  return [];
}

/** Checks the images of the campaign themselves, shown or not: the bundler reads all of them. */
export async function checkImageFile(folder: string, file: string): Promise<Fault[]> {
  try {
    const image = sharp(join(folder, file));
    await image.stats(); // decodes the whole image
    const { format } = await image.metadata();
    if (['jpeg', 'png', 'webp', 'heif', 'gif'].includes(format)) return [];
    return [
      {
        file,
        found: `an image of the kind ${format}`,
        expected: 'what its ending says',
        fix: 'save the image anew',
      },
    ];
  } catch (error) {
    return [
      {
        file,
        found:
          'a file that is not a whole image ' +
          `(${error instanceof Error ? error.message.split('\n')[0] : 'unreadable'})`,
        expected: 'a JPEG, PNG, WebP, AVIF or GIF image',
        fix: 'save the image anew',
      },
    ];
  }
}
