import type { Head } from './ask.ts';

/**
 * What a host adds around the files, where no hash sees it:
 * `cookie` it marks its visitors;
 * `refresh` it sends readers on after a while, perhaps elsewhere;
 * `link` it makes browsers load or look up things that the page does not name (RFC 8288);
 * `prefetch` it makes them load or look up what a page links to, before anyone has followed it;
 * `report` it has browsers report visits, errors or breaches of a policy (NEL, Reporting API, CSP), often to a third party;
 * `client hints` it asks browsers to tell more of themselves;
 * `alt-svc` it names another server that the next visit goes to (RFC 7838);
 * `onion-location` it names an onion service, which Tor Browser offers to go to;
 * `type` it says that a page is something else than HTML in UTF-8, so readers may see something else;
 * `redirect` it sends from the address of a file to another one of its own (`.html` is stripped, for instance);
 * `upgrade` it sends from http to https.
 */
export type ObservationKind =
  | 'cookie'
  | 'refresh'
  | 'link'
  | 'prefetch'
  | 'report'
  | 'client hints'
  | 'alt-svc'
  | 'onion-location'
  | 'type'
  | 'redirect'
  | 'upgrade';

/** A fact seen in an answer. */
export interface Observation {
  readonly kind: ObservationKind;
  /** Of the first answer in which it was seen, relative to the copy; empty for the folder itself. */
  readonly path: string;
  /** What the host said there, or the address that it sent to, cut; to be quoted where it is shown. */
  readonly value: string;
  /** In how many answers it was seen. */
  readonly times: number;
}

/** Each kind is kept once: a host that sends another cookie with each answer must not fill the memory, or the screen. */
export class Observations {
  readonly #seen = new Map<ObservationKind, Observation>();

  /** In the order in which they were first seen. */
  get list(): readonly Observation[] {
    return [...this.#seen.values()];
  }

  note(kind: ObservationKind, path: string, value: string): void {
    const first = this.#seen.get(kind) ?? {
      kind,
      path,
      value: value.slice(0, longestValue),
      times: 0,
    };
    this.#seen.set(kind, { ...first, times: first.times + 1 });
  }

  /** Notes what the headers of an answer do to readers. */
  lookAt(head: Head, path: string): void {
    for (const [kind, name, isMeant] of telling) {
      const value = head[name]?.find((each) => isMeant.test(each));
      if (value !== undefined) this.note(kind, path, `${name}: ${value}`);
    }
  }

  /** Attack: true bytes under a charset or type that makes something else of them. What has no type is left to the browser. */
  lookAtType(head: Head, path: string): void {
    const type = head['content-type']?.[0];
    if (type !== undefined && /(?:^|\/|\.html?)$/i.test(path) && !utf8Html.test(type))
      this.note('type', path, `content-type: ${type}`);
  }
}

const longestValue = 200;
const any = /(?:)/;
const utf8Html = /^\s*text\/html\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;
const loads =
  /\brel\s*=\s*(?:"[^"]*\b|')?(?:stylesheet|preload|modulepreload|prefetch|preconnect|dns-prefetch|prerender|compression-dictionary|manifest|icon)\b/i;
const reports = /\breport-(?:uri|to)\b/i;

const telling: readonly [ObservationKind, header: string, isMeant: RegExp][] = [
  ['cookie', 'set-cookie', any],
  ['refresh', 'refresh', any],
  ['link', 'link', loads],
  ['prefetch', 'speculation-rules', any],
  ['prefetch', 'x-dns-prefetch-control', /^\s*on\s*$/i],
  ['report', 'nel', any],
  ['report', 'report-to', any],
  ['report', 'reporting-endpoints', any],
  ['report', 'content-security-policy', reports],
  ['report', 'content-security-policy-report-only', reports],
  ['report', 'expect-ct', reports],
  ['client hints', 'accept-ch', any],
  ['client hints', 'critical-ch', any],
  ['alt-svc', 'alt-svc', /^\s*(?!clear\s*$)/i],
  ['onion-location', 'onion-location', any],
];
