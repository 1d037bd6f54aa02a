/**
 * Media types by the ending of a name, as Python's `mimetypes` knows them by itself; what uploads
 * to a bucket go by.
 */
export const pythonTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  ico: 'image/vnd.microsoft.icon',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  xml: 'text/xml',
  zip: 'application/zip',
};

/** Media types as a careful server of web pages knows them. */
export const serverTypes: Readonly<Record<string, string>> = {
  ...pythonTypes,
  epub: 'application/epub+zip',
  ics: 'text/calendar',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** The type of a file by the ending of its name; undefined where the table has none. */
export function typeOf(path: string, types: Readonly<Record<string, string>>): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.')
    ? types[name.slice(name.lastIndexOf('.') + 1).toLowerCase()]
    : undefined;
}
