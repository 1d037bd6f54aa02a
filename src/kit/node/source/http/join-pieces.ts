/**
 * All pieces as one.
 * Attack: pieces of one byte each, of which a list would take a hundred times their size. So they are copied as they come.
 */
export async function joinPieces(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  let room = Buffer.alloc(16 * 1024);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > room.length) {
      const larger = Buffer.alloc(Math.max(2 * room.length, length + piece.length));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    room.set(piece, length);
    length += piece.length;
  }
  return room.subarray(0, length);
}
