import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'lightningcss';
import { project } from '../build/project.ts';
import { bundle, printTerms } from './bundle.ts';

/** The first browsers with Ed25519 in WebCrypto: nothing older can check anything. */
const browsers = ['chrome137', 'firefox129', 'safari17'] as const;

/** What a reader without scripts sees, in all languages of the page. */
const withoutScript = [
  ['be', 'Гэтай старонцы патрэбны JavaScript: правярае яна сама, на вашай прыладзе.'],
  ['en', 'This page needs JavaScript: it does the check itself, on your device.'],
  ['fr', 'Cette page a besoin de JavaScript : elle vérifie elle-même, sur votre appareil.'],
  ['ru', 'Этой странице нужен JavaScript: она проверяет сама, на вашем устройстве.'],
] as const;

/**
 * Makes `check.html`: one page with script and style in it, which its policy names by their hashes,
 * and which allows nothing else: no request, no frame, no form.
 */
export async function makeCheckPage(version: string): Promise<string> {
  const script = escapeForHtml(await bundle('src/check-page/main.ts', browsers));
  const style = minifyStyle(readFileSync(join(project, 'src/check-page/style.css')));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="referrer" content="no-referrer"><title>Check a copy</title>',
    `<style>${style}</style></head><body><noscript>`,
    ...withoutScript.map(([language, text]) => `<p lang="${language}">${text}</p>`),
    `</noscript><script>${script}</script></body></html>\n<!--\n${printTerms(version, false)}-->\n`,
  ].join('');
}

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const minifyStyle = (code: Buffer): string =>
  transform({ filename: 'style.css', code, minify: true, targets: { safari: 17 << 16 } })
    .code.toString()
    .trim();

/**
 * A script as it can be within a page (HTML standard, 4.12.1.3): in JavaScript the escapes mean the
 * same. Throws Error if it holds what the page's parser would change, so that its hash were
 * another.
 */
function escapeForHtml(script: string): string {
  const escaped = script.replaceAll('<!--', '\\x3C!--').replace(/<(\/?script)/gi, '\\x3C$1');
  const changed = /[\r\0]/.exec(escaped);
  if (changed) throw new Error(`The script has a sign that HTML changes, at ${changed.index}`);
  return escaped;
}
