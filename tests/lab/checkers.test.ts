import { beforeAll, describe, expect, test } from 'vitest';
import { makeCheckPage } from '../../scripts/release/check-page.ts';
import { pageBrowsers } from '../../scripts/lab/checkers/page-browsers.ts';
import { runCheckers } from '../../scripts/lab/checkers/run-checkers.ts';
import { printFailures } from '../../scripts/lab/report.ts';
import { makeFolder } from '../helpers/build.ts';

/** Chromium comes with the project; the lab takes the others, too. */
const run = (page: string) =>
  runCheckers(page, makeFolder('checkers-'), () => {}, pageBrowsers.slice(0, 1));

describe('the page that checks copies', () => {
  let page: string;
  beforeAll(async () => {
    page = await makeCheckPage('0.0.0');
  });

  test('that calls every copy authentic is found', async () => {
    const lying = `<!doctype html><title>Check</title><form><textarea id="keys"></textarea>
      <input type="file" id="copy-file"><input type="file" id="against-file">
      <output for="copy-file"></output><output for="against-file"></output>
      <button>Check</button></form><div id="result"></div><script>
      for (const input of document.querySelectorAll('input')) input.onchange = () => {
        document.querySelector('[for=' + input.id + ']').textContent = input.files[0].name;
      };
      document.querySelector('form').onsubmit = (event) => {
        event.preventDefault();
        document.querySelector('#result').innerHTML = '<div class="verdict"><h3>authentic</h3></div>';
      };</script>`;
    const failures = printFailures(await run(lying));
    expect(failures).toHaveLength(2);
    expect(failures.join('\n')).toMatch(/changed zip: says "authentic", expected "tampered"/);
    expect(failures.join('\n')).toMatch(/changed page: says "authentic"/);
  });

  test('says of true and changed copies what it has to', async () => {
    expect(printFailures(await run(page))).toEqual([]);
  });
});
