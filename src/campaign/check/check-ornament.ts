import type { Site } from '../schema/site.ts';
import type { Fault } from '../read/fault.ts';
import { listCampaignFiles, readText } from '../read/folder.ts';

const maxLength = 900;

/**
 * Names and values are listed: a handler such as `onfocus="location=name"` holds nothing by which
 * one could tell it.
 */
const shape = String.raw`<(path|rect|circle|polygon)(\s+(d|x|y|width|height|rx|ry|r|cx|cy|points|fill|fill-rule|stroke|stroke-width|stroke-linecap|stroke-linejoin|opacity)="[\w\s#.,-]*")+\s*/>`;
const frame = String.raw`(\s+(xmlns="http://www\.w3\.org/2000/svg"|(width|height|fill)="[\w#.]*"))*`;
const ornament = new RegExp(
  String.raw`^<svg${frame}\s+viewBox="0 0 [1-9]\d* [1-9]\d*"${frame}\s*>(\s*${shape})+\s*</svg>$`,
);

/**
 * The ornament is written into each page, so it is small, and it is data: an SVG may hold scripts,
 * handlers and addresses, which would run or be asked for in every page of every mirror.
 */
export function checkOrnament(folder: string, site: Site): Fault[] {
  const file = site.ornament;
  if (!listCampaignFiles(folder).includes(file)) {
    return [
      {
        file: 'site.yaml',
        where: 'field "ornament"',
        found: `no file "${file}"`,
        expected: 'an SVG file next to site.yaml',
        fix: 'add the file, or name the one that is there',
      },
    ];
  }
  const text = readText(folder, file).trim();
  const faults: Fault[] = [];
  if (text.length > maxLength)
    faults.push({
      file,
      found: `${text.length} characters`,
      expected: `at most ${maxLength}: it is in each page`,
      fix: 'draw it simpler, or shorten its numbers',
    });
  if (!ornament.test(text)) {
    faults.push({
      file,
      found: text.slice(0, 60),
      expected:
        'one <svg viewBox="0 0 W H"> that holds only <path>, <rect>, <circle> or <polygon> with plain numbers',
      fix: 'take out everything else: styles, scripts, links, comments, the XML line',
    });
  }
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text) ?? [];
  if (Number(width) > 64 || Number(height) > 64)
    faults.push({
      file,
      found: `a drawing of ${width} × ${height}`,
      expected: 'at most 64 × 64: it is above each text',
      fix: 'draw it smaller',
    });
  return faults;
}
