import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeMail } from '../../scripts/mail/compose-mail.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  checkMail,
  inBoth,
  makeMailWorld,
  sayReport,
  swap,
  type MailWorld,
} from '../helpers/check-mails.ts';
import { sendMail } from '../helpers/make-mail.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** A mail as Python's programs pass it on, by what they do with it. */
function passOn(mail: Uint8Array): [name: string, mail: Buffer][] {
  const folder = makeFolder('passed-');
  const source = join(folder, 'mail');
  writeFileSync(source, mail);
  const { status, stderr } = spawnSync(
    'python3',
    ['tests/helpers/pass_mail_on.py', source, folder],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => [name.replace(/\.eml$/, ''), readFileSync(join(folder, name))]);
}

let world: MailWorld;
beforeAll(async () => {
  world = await makeMailWorld();
});

describe.skipIf(!hasPython)('a mail that a program of somebody else has passed on', () => {
  it('is authentic, whatever it did with it', async () => {
    const passed = passOn((await composeMail(world.site, 'ru')).bytes);
    expect(passed).toHaveLength(8);
    for (const [name, mail] of passed) {
      const report = await checkMail(mail, world.trust);
      expect(report.verdict, `${name}: ${sayReport(report)}`).toBe('authentic');
    }
  });

  it('is tampered if its account was changed before', async () => {
    const changed = inBoth(swap('0417 1643', '0417 1644'))(world.draft);
    for (const [name, mail] of passOn(await sendMail(changed))) {
      const report = await checkMail(mail, world.trust);
      expect(report.verdict, `${name}: ${sayReport(report)}`).toBe('tampered');
    }
  });
});
