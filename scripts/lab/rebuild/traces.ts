import { escapeControls, unpack } from './compare-folders.ts';

/**
 * Ways of writing a text that a page, an address or a script may use; each is undone by itself, a
 * mixture of them is not seen.
 */
const readings: [string, (text: string) => string][] = [
  ['', (text) => text],
  [
    ', percent-encoded',
    (text) =>
      text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
        Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
      ),
  ],
  [
    ', escaped as in JSON',
    (text) =>
      text
        .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => decode(Number.parseInt(code, 16)) ?? '')
        .replace(/\\([/\\"])/g, '$1'),
  ],
  [
    ', escaped as in HTML',
    (text) =>
      text.replace(
        /&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi,
        (whole, hex?: string, decimal = '') =>
          decode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ?? whole,
      ),
  ],
];

const decode = (code: number): string | undefined =>
  code > 0x10ffff ? undefined : String.fromCodePoint(code);

/**
 * Where the marks of a machine are in a built site: in any file or its path, also inside gzip, in
 * any case of letters.
 * @param marks what a mark is of ("host", "time zone"), with a text that can come from nowhere else
 * @returns a sentence for each file and mark, with the words around it
 */
export function findTraces(
  files: ReadonlyMap<string, Buffer>,
  marks: Readonly<Record<string, string>>,
): string[] {
  for (const [what, mark] of Object.entries(marks))
    if (mark.length < 6)
      throw new Error(
        `"${mark}" is too short for a mark of the ${what}: it could be in a text by chance.`,
      );
  const wanted = Object.entries(marks).map(([what, mark]) => ({
    what,
    mark,
    folded: mark.toLowerCase(),
  }));
  return [...files].flatMap(([path, bytes]) => {
    const unpacked = unpack(bytes);
    const places = [
      { place: 'its path', text: path },
      { place: 'its bytes', text: bytes.toString('utf8') },
      ...(unpacked === undefined
        ? []
        : [{ place: 'what its gzip holds', text: unpacked.toString('utf8') }]),
    ].flatMap(({ place, text }) =>
      readings.map(([form, read]) => ({ place: place + form, text: read(text).toLowerCase() })),
    );
    return wanted.flatMap(({ what, mark, folded }) => {
      const found = places.find(({ text }) => text.includes(folded));
      return found
        ? [
            `${path} holds the ${what} "${mark}" of the machine that built it, in ` +
              `${found.place}: ${excerpt(found.text, folded)}`,
          ]
        : [];
    });
  });
}

function excerpt(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return `…${escapeControls(text.slice(Math.max(0, at - 30), at + mark.length + 30))}…`;
}
