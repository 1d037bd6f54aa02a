import { describe, expect, it } from 'vitest';
import { makeUrn } from '../../src/lib/identifiers.ts';

describe('makeUrn', () => {
  // Computed apart from this code: python3 -c "import uuid;
  // print(uuid.uuid5(uuid.UUID('6f0c5d0a-31cf-4c8e-9d52-7a8a4b1f6c3e'), NAME))"
  it.each([
    ['', 'urn:uuid:cab5b7d8-ce54-5a6e-8fed-9585d35eac33'],
    ['campaign/en/update/2021-digest', 'urn:uuid:063df9b3-c75c-597e-a5d6-0458d9fcf5ee'],
    ['solidarity/fr/update/2021-11-14-nam-digest', 'urn:uuid:9e2868ee-a597-573e-ab92-4c383b01f322'],
    ['паслядоўнасць', 'urn:uuid:3e587846-a4d2-580a-b116-d560ebd650b6'],
    ['يوم التضامن', 'urn:uuid:16d1fc53-bb41-5aa9-836c-a8238379074d'],
  ])('names "%s" as the version 5 UUID of RFC 9562', (name, expected) => {
    expect(makeUrn(name)).toBe(expected);
  });

  it('gives each of a thousand names one of its own, with the version and the variant in their places', () => {
    const urns = Array.from({ length: 1000 }, (_, index) => makeUrn(`campaign/en/${index}`));
    expect(new Set(urns).size).toBe(1000);
    const malformed = urns.filter(
      (urn) =>
        !/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(urn),
    );
    expect(malformed).toEqual([]);
  });
});
