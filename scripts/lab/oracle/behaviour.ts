import { testPages } from './signed-site.ts';

/** What a behaviour may put into an answer. */
export interface Surroundings {
  /**
   * The true bytes of what is asked for; at an address that the site does not have, of the page
   * that the behaviour is about.
   */
  readonly page: Buffer;
  /** The true bytes of any file of the site. */
  readonly file: (path: string) => Buffer;
  /** Address of another host that counts who asks: `http://127.0.0.1:PORT`. */
  readonly foreign: string;
  /** A name of a host that no other behaviour has; nobody answers there. */
  readonly name: string;
  /** `127.0.0.1:PORT` of the host itself. */
  readonly host: string;
}

/**
 * One thing that a host does with true bytes, or nearly true ones. Data: the harness serves, looks
 * and judges.
 */
export interface Behaviour {
  /** What the host does, after "the host serves a page"; unique. */
  readonly name: string;
  /** The path that a reader opens and for which the host behaves so; `''` or `en/` for a folder. */
  readonly at: string;
  /** The raw answer, byte for byte. */
  readonly answer: (surroundings: Surroundings) => Buffer;
  /** Raw answers at further paths. */
  readonly elsewhere?: Readonly<Record<string, (surroundings: Surroundings) => Buffer>>;
  /** A habit of real hosts: a check of it must stay authentic. */
  readonly isHabit?: true;
  /** Tried in the long run alone: a relative of others that every run tries. */
  readonly isRare?: true;
}

/** The line ends that RFC 9112 asks for. */
export const crlf = '\r\n';

/** A head and a body as they go over the line; header lines may be any bytes of Latin-1. */
export const raw = (lines: readonly string[], body: Buffer | string = ''): Buffer =>
  Buffer.concat([
    Buffer.from(lines.map((line) => line + crlf).join('') + crlf, 'latin1'),
    Buffer.from(body),
  ]);

/** A proper answer; Content-Length is that of the body. */
export const respond = (
  headers: readonly string[],
  body: Buffer | string,
  status = '200 OK',
): Buffer =>
  raw(
    [
      `HTTP/1.1 ${status}`,
      ...headers,
      'Connection: close',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    body,
  );

const html = 'Content-Type: text/html';

/** Puts addresses in the place of FOREIGN, NAME and HOST. */
export const fillIn = (text: string, { foreign, name, host }: Surroundings): string =>
  text.replaceAll('FOREIGN', foreign).replaceAll('NAME', name).replaceAll('HOST', host);

/** A page with further headers; FOREIGN in them is the address of the other host. */
export const addHeaders = (name: string, ...headers: string[]): Behaviour => ({
  name,
  at: testPages.bare,
  answer: (surroundings) =>
    respond([html, ...headers.map((line) => fillIn(line, surroundings))], surroundings.page),
});

/** A page with these headers alone, which say what it is. */
export const setHeaders = (name: string, ...headers: string[]): Behaviour => ({
  name,
  at: testPages.bare,
  answer: ({ page }) => respond(headers, page),
});

/** Anything else: the whole answer. */
export const answerWith = (
  name: string,
  answer: (surroundings: Surroundings) => Buffer,
): Behaviour => ({
  name,
  at: testPages.bare,
  answer,
});

/** The same on a page as the build makes it. */
export const onRealPage = (behaviour: Behaviour): Behaviour => ({
  ...behaviour,
  name: `${behaviour.name} (a page with byte order mark and policy)`,
  at: testPages.real,
});

export const asHabit = (behaviour: Behaviour): Behaviour => ({
  ...onRealPage(behaviour),
  isHabit: true,
  name: behaviour.name,
});

export const rarely = (behaviours: readonly Behaviour[]): readonly Behaviour[] =>
  behaviours.map((behaviour) => ({ ...behaviour, isRare: true }));
