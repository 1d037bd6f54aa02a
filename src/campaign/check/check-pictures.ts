import { gzipSync } from 'node:zlib';
import type { Site } from '../schema/site.ts';
import type { Fault } from '../read/fault.ts';
import { listCampaignFiles, readText } from '../read/folder.ts';

/** What a picture of the campaign may be, and why not more. */
interface Bounds {
  readonly field: 'ornament' | 'drawing' | 'postcard';
  readonly measure: (text: string) => number;
  readonly unit: string;
  readonly most: number;
  readonly side: number;
  readonly reason: string;
  readonly sideReason: string;
}
const ornament: Bounds = {
  field: 'ornament',
  measure: (text) => text.length,
  unit: 'characters',
  most: 900,
  side: 64,
  reason: 'it is in each page',
  sideReason: 'it is above each text',
};
const drawing: Bounds = {
  field: 'drawing',
  measure: (text) => gzipSync(text, { level: 6 }).length,
  unit: 'bytes, compressed',
  most: 1500,
  side: 512,
  reason: 'it is in the page that people see first',
  sideReason: 'larger numbers only make it longer',
};

const postcard: Bounds = {
  ...drawing,
  field: 'postcard',
  reason: 'it is in a page for phones, too',
};

/**
 * Names and values are listed: a handler such as `onfocus="location=name"` holds nothing by which
 * one could tell it.
 */
const shape = String.raw`<(path|rect|circle|polygon)(\s+(d|x|y|width|height|rx|ry|r|cx|cy|points|fill|fill-rule|stroke|stroke-width|stroke-linecap|stroke-linejoin|stroke-dasharray|opacity)="[\w\s#.,-]*")+\s*/>`;
const frame = String.raw`(\s+(xmlns="http://www\.w3\.org/2000/svg"|(width|height|fill)="[\w#.]*"))*`;
const plainSvg = new RegExp(
  String.raw`^<svg${frame}\s+viewBox="0 0 [1-9]\d* [1-9]\d*"${frame}\s*>(\s*${shape})+\s*</svg>$`,
);

/**
 * The ornament is written into each page and drawings into some, so they are small, and they are
 * data: an SVG may hold scripts, handlers and addresses, which would run or be asked for in every
 * page of every mirror.
 */
export const checkPictures = (folder: string, site: Site): Fault[] => [
  ...checkPicture(folder, site.ornament, ornament),
  ...(site.drawing === undefined ? [] : checkPicture(folder, site.drawing, drawing)),
  ...(site.postcard === undefined ? [] : checkPicture(folder, site.postcard, postcard)),
];

function checkPicture(folder: string, file: string, bounds: Bounds): Fault[] {
  const { field, measure, unit, most, side, reason, sideReason } = bounds;
  if (!listCampaignFiles(folder).includes(file)) {
    return [
      {
        file: 'site.yaml',
        where: `field "${field}"`,
        found: `no file "${file}"`,
        expected: 'an SVG file next to site.yaml',
        fix: 'add the file, or name the one that is there',
      },
    ];
  }
  const text = readText(folder, file).trim();
  const faults: Fault[] = [];
  if (measure(text) > most)
    faults.push({
      file,
      found: `${measure(text)} ${unit}`,
      expected: `at most ${most}: ${reason}`,
      fix: 'draw it simpler, or shorten its numbers',
    });
  if (!plainSvg.test(text)) {
    faults.push({
      file,
      found: text.slice(0, 60),
      expected:
        'one <svg viewBox="0 0 W H"> that holds only <path>, <rect>, <circle> or <polygon> with plain numbers',
      fix: 'take out everything else: styles, scripts, links, comments, the XML line',
    });
  }
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text) ?? [];
  if (Number(width) > side || Number(height) > side)
    faults.push({
      file,
      found: `a drawing of ${width} × ${height}`,
      expected: `at most ${side} × ${side}: ${sideReason}`,
      fix: 'draw it smaller',
    });
  return faults;
}
