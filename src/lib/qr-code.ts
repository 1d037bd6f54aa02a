import { encode } from 'uqr';

/** A code as a picture of `size` by `size` units, its quiet zone included. */
export interface QrDrawing {
  size: number;
  /** Strokes of one unit's width: each run of dark squares of a row. */
  path: string;
}

/** ISO/IEC 18004, 5.3.8: light on all sides, or readers do not find the code. */
const quietZone = 4;

/**
 * Draws the QR code of a text, in UTF-8, with as much correction as its size has room for.
 * @throws RangeError if the text has more than 2,953 bytes
 */
export function drawQrCode(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: 'L', boostEcc: true, border: quietZone });
  return { size, path: data.map(drawRow).join('') };
}

/**
 * From run to run by relative steps: a page is shown by its code several times, and the shortest
 * form counts.
 */
function drawRow(row: readonly boolean[], y: number): string {
  let at = 0;
  return [...runsOf(row)]
    .map(({ start, length }, index) => {
      const step = index === 0 ? `M${start} ${y}.5` : `m${start - at} 0`;
      at = start + length;
      return `${step}h${length}`;
    })
    .join('');
}

function* runsOf(row: readonly boolean[]): Generator<{ start: number; length: number }> {
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    yield { start, length: x + 1 - start };
  }
}
