import { routePlainly, typePlainly, type Habit } from './habit.ts';

/**
 * `/x/y.html` is redirected to `/x/y`, and `/x/index.html` to `/x/`: Cloudflare Pages, and Netlify
 * with pretty URLs.
 */
export const stripsHtml: Habit = {
  name: 'strips .html',
  route(path, files) {
    if (path.endsWith('.html') && files.paths.has(path))
      return { to: path.replace(/(?:(^|\/)index)?\.html$/, '$1'), status: 308 };
    if (path !== '' && !path.endsWith('/') && files.paths.has(`${path}.html`))
      return { file: `${path}.html`, status: 200 };
    if (
      path.endsWith('/') &&
      files.paths.has(`${path.slice(0, -1)}.html`) &&
      !files.paths.has(`${path}index.html`)
    )
      return { to: path.slice(0, -1), status: 308 };
    const route = routePlainly(path, files);
    return route && 'to' in route ? { ...route, status: 308 } : route;
  },
};

/**
 * `/x/` and `/x/index.html` are redirected to `/x`, which gives x/index.html: Vercel and Firebase
 * without trailing slashes. The start page keeps its slash, since an address cannot be without one.
 */
export const folderWithoutSlash: Habit = {
  name: 'folder without slash',
  route(path, files) {
    const index = /^(?:(.*)\/)?index\.html$/.exec(path);
    if (index && files.paths.has(path)) return { to: index[1] ?? '', status: 301 };
    if (path.endsWith('/'))
      return files.paths.has(`${path}index.html`)
        ? { to: path.slice(0, -1), status: 301 }
        : undefined;
    if (files.paths.has(path)) return { file: path, status: 200 };
    const file = path === '' ? 'index.html' : `${path}/index.html`;
    return files.paths.has(file) ? { file, status: 200 } : undefined;
  },
};

/**
 * Every name is stored and looked up in lower case, as on the disks of Windows and macOS: of two
 * files whose names differ in case alone, the later one is left.
 */
export const foldsCase: Habit = { name: 'folds case', fold: (path) => path.toLowerCase() };

/**
 * Every missing address is answered by the start page, with 200: Cloudflare Pages without a
 * 404.html, and hosts that are set for applications of a single page. Below a path it is the start
 * page of the site there.
 */
export const startPageForMissing: Habit = {
  name: 'start page for missing',
  route: (path, files) =>
    routePlainly(path, files) ??
    (files.start === undefined ? undefined : { file: files.start, status: 200 }),
};

/**
 * A policy that allows neither style nor script, as OnionShare and careful hosts send; the page's
 * own one can only add to it.
 */
export const stricterPolicy: Habit = {
  name: 'stricter policy',
  headers: { 'content-security-policy': "default-src 'none'; img-src 'self'" },
  limits: {
    style: 'the host forbids all styles by a header',
    search: 'the host forbids all scripts by a header',
  },
};

/** Texts arrive compressed with gzip, as nearly every host can. */
export const gzip: Habit = { name: 'gzip', encoding: 'gzip' };

/** Texts arrive compressed with Brotli, as from most networks of caches. */
export const brotli: Habit = { name: 'brotli', encoding: 'br' };

/**
 * Pages and plain texts are said to be in Latin-1, scripts and styles to be in nothing: Apache with
 * `AddDefaultCharset` on. A header counts more than `<meta charset>`; only a byte order mark counts
 * more than a header. Where a style or script of the page holds a letter outside ASCII, it would no
 * longer fit the hash in the policy either, and browsers would drop it.
 */
export const latin1Header: Habit = {
  name: 'latin-1 header',
  type(path) {
    const type = typePlainly(path).replace(/;.*/, '');
    return /^text\/(html|plain)$/.test(type) ? `${type}; charset=iso-8859-1` : type;
  },
};

/** What an injected script leaves in the `dataset` of the page's root element where it ran. */
export const injectedMarks = {
  inline: { key: 'injected', value: 'inline' },
  file: { key: 'injectedFile', value: 'file' },
} as const;

const FILE = 'injected.js';

const mark = ({ key, value }: { key: string; value: string }) =>
  `document.documentElement.dataset.${key}='${value}'`;
const scripts = `<script>${mark(injectedMarks.inline)}</script><script src="/${FILE}"></script>`;
const extra = { [FILE]: `${mark(injectedMarks.file)};\n` };

/**
 * Puts scripts at the start of each head, where no policy of the page has been read yet: many
 * hosts' and providers' way.
 */
export const scriptBeforePolicy: Habit = {
  name: 'script before the policy',
  extra,
  alter: (html) =>
    /<head[^>]*>/i.test(html)
      ? html.replace(/<head[^>]*>/i, (head) => `${head}${scripts}`)
      : scripts + html,
  limits: {
    altered:
      'the host puts scripts ahead of the policy of each page, where the page has no say: they run',
    added: 'run',
  },
};

/**
 * Puts scripts at the end of each head, after the policy of the page: the way of counters and chat
 * boxes.
 */
export const scriptAfterPolicy: Habit = {
  name: 'script after the policy',
  extra,
  alter: (html) =>
    /<\/head>/i.test(html)
      ? html.replace(/<\/head>/i, (end) => `${scripts}${end}`)
      : html + scripts,
  limits: { altered: 'the host puts scripts into each page, after its policy', added: 'stopped' },
};

/**
 * Habits of hosts which cannot be started on this machine, since they are services of a company:
 * each alone, in a small server of ours, so that a page which breaks tells which habit breaks it.
 */
export const habits: readonly Habit[] = [
  stripsHtml,
  folderWithoutSlash,
  foldsCase,
  startPageForMissing,
  stricterPolicy,
  gzip,
  brotli,
  latin1Header,
  scriptBeforePolicy,
  scriptAfterPolicy,
];
