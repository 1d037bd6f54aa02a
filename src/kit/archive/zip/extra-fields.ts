import type { Fail } from '../archive.ts';

/** Fields that change what an entry is (APPNOTE 4.5 and 4.6); others (times, owners) change nothing and are passed over. */
const refused = new Map([
  [0x0001, 'sizes in ZIP64 form'],
  [0x0017, 'strong encryption'],
  [0x9901, 'encryption'],
  // Attack: a second name. Info-ZIP unpacks under it, others under the name that was checked.
  [0x7075, 'a second name for the entry'],
  // Attack: ASi, Info-ZIP's "Unix extra field": it can hold the target of a link.
  [0x756e, 'a link or device'],
]);

/** @throws through `fail` if the extra field of an entry (APPNOTE 4.5.1) is not well-formed, or changes what the entry is */
export function checkExtraFields(extra: Buffer, fail: Fail): void {
  for (let at = 0; at < extra.length;) {
    if (at + 4 > extra.length) fail('extra data that is cut off', 'whole extra fields');
    const meaning = refused.get(extra.readUInt16LE(at));
    if (meaning !== undefined) fail(`an extra field with ${meaning}`, 'a plain entry');
    at += 4 + extra.readUInt16LE(at + 2);
    if (at > extra.length)
      fail('an extra field that is longer than its room', 'whole extra fields');
  }
}
