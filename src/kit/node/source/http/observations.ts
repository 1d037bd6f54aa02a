import type { Observation, ObservationKind } from '../../../core/source/site-copy.ts';
import type { Head } from './request.ts';

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
