import { routePlainly, type Habit } from './habit.ts';

/** `/x/y.html` is redirected to `/x/y`, and `/x/index.html` to `/x/`: Cloudflare Pages, and Netlify with pretty URLs. */
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
 * `/x/` and `/x/index.html` are redirected to `/x`, which gives x/index.html: Vercel and Firebase without trailing slashes.
 * The start page keeps its slash, since an address cannot be without one.
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
 * Every name is stored and looked up in lower case, as on the disks of Windows and macOS: of two files whose names differ in
 * case alone, the later one is left.
 */
export const foldsCase: Habit = { name: 'folds case', fold: (path) => path.toLowerCase() };

/**
 * Every missing address is answered by the start page, with 200: Cloudflare Pages without a 404.html, and hosts that are set
 * for applications of a single page. Below a path it is the start page of the site there.
 */
export const startPageForMissing: Habit = {
  name: 'start page for missing',
  route: (path, files) =>
    routePlainly(path, files) ??
    (files.start === undefined ? undefined : { file: files.start, status: 200 }),
};
