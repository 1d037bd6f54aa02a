/** The register of outside addresses: which of them the site may lead to, and how. */

interface Registered {
  data: { prefixes: readonly string[] };
}

/**
 * The record with the longest prefix of an address. A prefix ends at a border of the path:
 * `https://t.example/channel` is not a prefix of `https://t.example/channel2`, and
 * `https://good.org/` not of `https://good.org.evil.net/` or `https://good.org@evil.net/`: each of
 * these is how a false address borrows a good name. An encoded slash is refused:
 * `/channel/..%2Fevil` stays under the channel for us, and leads out of it where a server decodes
 * first.
 * @param address an absolute address; it is normalised as browsers do (WHATWG URL), and so are the
 * prefixes
 */
export function findSite<T extends Registered>(
  register: readonly T[],
  address: string,
): T | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, username, password } = new URL(address);
  if (
    username !== '' ||
    password !== '' ||
    /%(?:2[def5]|5[cf]|[46][1-9a-f]|[57][0-9a]|3\d|7e)|\/\//i.test(pathname)
  )
    return undefined;
  const plain = origin + pathname;
  let best: T | undefined;
  let length = 0;
  for (const site of register) {
    for (const prefix of site.data.prefixes.flatMap(normalise)) {
      const matches =
        plain === prefix || plain.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
      if (matches && prefix.length > length) [best, length] = [site, prefix.length];
    }
  }
  return best;
}

/** Whether the register has an address at a host, which a text may then name in words. */
export function isRegisteredHost(register: readonly Registered[], host: string): boolean {
  const wanted = URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : undefined;
  return register
    .flatMap((site) => site.data.prefixes.flatMap(normalise))
    .some((prefix) => new URL(prefix).hostname.replace(/^www\./, '') === wanted);
}

/** Addresses as paper shows them, in one line: no scheme, no slash at the end. */
export const printAddresses = (prefixes: readonly string[]): string =>
  prefixes.map((prefix) => prefix.replace(/^https?:\/\/|\/$/g, '')).join(' · ');

/** Whether a line holds addresses of the register and nothing else, each whole. */
export function isRegisteredLine(register: readonly Registered[], line: string): boolean {
  const known = new Set(
    register.flatMap(({ data: { prefixes } }) =>
      prefixes.map((prefix) => printAddresses([prefix])),
    ),
  );
  return line.split(' · ').every((address) => known.has(address));
}

const normalise = (prefix: string) => (URL.canParse(prefix) ? [new URL(prefix).href] : []);

/**
 * Whether an address is written as browsers write it and names a place alone: no query, fragment or
 * user, no character that could end a tag.
 */
export function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { href, search, hash, username } = new URL(text);
  return (
    href === text && search === '' && hash === '' && username === '' && !/[<>"'&@\s]/.test(text)
  );
}
