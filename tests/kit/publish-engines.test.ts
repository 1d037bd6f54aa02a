import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainMissing, findProgram } from '../../scripts/lab/programs.ts';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { makeFolder } from '../helpers/build.ts';
import { filesOf, later, makeWorld, type World } from '../helpers/garden-editions.ts';
import { runPublish } from '../helpers/run-publish.ts';
import { changeCopy, makeEdition } from '../helpers/signed-sites.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
/** An edition is published by a clone that knows no later one. */
const publish = (site: string, ...words: string[]) =>
  runPublish(site, site === world.sites[2] ? world.oldClone : world.clone, words);
const read = (folder: string): Record<string, string> =>
  Object.fromEntries(
    listSiteFiles(folder).map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );

describe('wrong targets', () => {
  it.each<[target: string, message: RegExp]>([
    ['git:site.git', /names no branch/],
    ['git:--upload-pack=x#pages', /names no branch/],
    ['git:https://me:word@example.org/x.git#pages', /holds a password/],
    ['rclone:public', /names no remote/],
    ['rclone:--config=x:y', /names no remote/],
    ['rclone::sftp,host=x,pass=word:public', /holds a secret/],
    ['ipfs:http://node.example:5001', /has to be https/],
    ['ipfs:#my key', /has the key/],
    ['onion:/my folder', /quote the rest/],
  ])('%s', async (target, message) => {
    const { code, output } = await publish(world.sites[3], target);
    expect([code, output]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('a branch', () => {
  const makeForge = () => {
    const repository = join(makeFolder('forge-'), 'site.git');
    execFileSync('git', ['init', '--quiet', '--bare', repository]);
    const git = (...words: string[]) =>
      execFileSync('git', [`--git-dir=${repository}`, ...words], { encoding: 'latin1' });
    const list = (branch: string) => git('ls-tree', '-r', '--name-only', branch).trim().split('\n');
    const readAll = (branch: string) =>
      Object.fromEntries(
        list(branch).map((path) => [path, git('cat-file', 'blob', `${branch}:${path}`)]),
      );
    /** Puts files on a branch, as somebody does by hand. */
    const put = (branch: string, files: Record<string, string>) => {
      const work = makeFolder('work-');
      for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text);
      const own = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org'];
      const run = (...words: string[]) =>
        execFileSync('git', [...own, ...words], { cwd: work, stdio: 'ignore' });
      run('init', '--quiet', '--initial-branch', branch);
      try {
        run('pull', '--quiet', repository, branch);
      } catch {
        // the branch is not there yet
      }
      run('add', '--all');
      run('commit', '--quiet', '-m', 'by hand');
      run('push', '--quiet', repository, `${branch}:${branch}`);
    };
    return { target: (branch: string) => `git:${repository}#${branch}`, git, readAll, put };
  };

  it('with the source of somebody is left as it is', async () => {
    const forge = makeForge();
    forge.put('main', { 'package.json': '{}' });
    const { code, output } = await publish(world.sites[3], forge.target('main'));
    expect([code, output]).toEqual([1, expect.stringMatching(/package\.json.* and no edition/)]);
    expect(forge.readAll('main')).toEqual({ 'package.json': '{}' });
  });
  it('gets an edition, then the next one, byte for byte, and has nothing to do then', async () => {
    const forge = makeForge();
    await publish(world.sites[2], forge.target('pages'));
    expect(forge.readAll('pages')).toEqual({ ...read(world.sites[2]), '.nojekyll': '' });
    forge.put('pages', { CNAME: 'garden.example\n' });
    await publish(world.sites[3], forge.target('pages'));
    expect(forge.readAll('pages')).toEqual({
      ...read(world.sites[3]),
      '.nojekyll': '',
      CNAME: 'garden.example\n',
    });
    const again = await publish(world.sites[3], forge.target('pages'));
    expect(again.output).toContain('nothing to do');
  });
  it('shows neither name nor address nor time of whoever publishes', async () => {
    const forge = makeForge();
    await publish(world.sites[3], forge.target('pages'));
    const [commit] = forge.git('log', '--format=%an|%ae|%ad|%cn|%ce|%cd|%s', 'pages').split('\n');
    const person = 'Vyrai|publish@vyrai.invalid|Fri May 1 00:00:00 2026 +0000';
    expect(commit).toBe(`${person}|${person}|Edition 3 of garden`);
  });
});

describe.runIf(explainMissing([{ command: 'rclone', debian: 'rclone' }]) === undefined)(
  'a place of rclone',
  () => {
    const target = (folder: string): string => `rclone::local:${folder}`;
    it('gets an edition over one that was stopped: neither a page of the same length nor one that has to go is left', async () => {
      const place = join(makeFolder('place-'), 'site');
      await publish(world.sites[2], target(place));
      expect(read(place)).toEqual(read(world.sites[2]));
      // as a run with edition 3 leaves it that was killed before its signatures
      const list = (site: string): Buffer => readFileSync(join(site, 'SHA256SUMS'));
      mkdirSync(join(place, 'publishing-now'));
      const before = `${list(world.sites[2]).toString()}${'0'.repeat(64)}  zz-gone.html\n`;
      writeFileSync(join(place, 'publishing-now/0123456789abcdef.list'), before);
      writeFileSync(join(place, 'zz-gone.html'), 'of the edition before');
      writeFileSync(join(place, 'publishing-now/0123456789abcdee.list'), list(world.sites[3]));
      writeFileSync(join(place, 'SHA256SUMS'), list(world.sites[3]));
      const { code, output } = await publish(world.sites[3], target(place));
      expect(output).toContain('this one goes on');
      expect([code, read(place)]).toEqual([0, read(world.sites[3])]);
    });
    it('with the files of somebody is left as it is', async () => {
      const place = makeFolder('place-');
      writeFileSync(join(place, 'novel.txt'), 'Call me');
      const { code, output } = await publish(world.sites[3], target(place));
      expect([code, output]).toEqual([1, expect.stringContaining('novel.txt')]);
      expect(read(place)).toEqual({ 'novel.txt': 'Call me' });
    });
    it('keeps a file that is in no edition, and names it', async () => {
      const place = changeCopy(world.sites[2], { 'notes.txt': 'mine' });
      const { output } = await publish(world.sites[3], target(place));
      expect(output).toContain('"notes.txt" is there and in no edition');
      expect(read(place)).toEqual({ ...read(world.sites[3]), 'notes.txt': 'mine' });
    });
    it('repairs an edition of which a file is gone', async () => {
      const place = changeCopy(world.sites[3], {});
      rmSync(join(place, 'en/give.html'));
      await publish(world.sites[3], target(place));
      expect(read(place)).toEqual(read(world.sites[3]));
    });
  },
);

describe('an onion service', () => {
  it('has no settings to be made of', async () => {
    const { code, output } = await publish(world.sites[3], `onion:${makeFolder('onion-')}`);
    expect([code, output]).toEqual([1, expect.stringContaining('has no hosting/caddy.txt')]);
  });
  it('gets the edition and settings that its programs take; what was changed there stays', async () => {
    const folder = join(makeFolder('onion-'), 'mirror');
    const caddy = readFileSync('public/hosting/caddy.txt', 'utf8');
    const site = await makeEdition(
      { ...filesOf(2026), 'hosting/caddy.txt': caddy },
      { number: 4, ...later, after: world.sites[3] },
    );
    const first = await publish(site, `onion:${folder}`);
    expect([first.code, first.output]).toEqual([
      0,
      expect.stringContaining('tor/service/hostname'),
    ]);
    expect(read(join(folder, 'site'))).toEqual(read(site));
    const settings = readFileSync(join(folder, 'Caddyfile'), 'utf8');
    expect(settings).toContain('\nhttp://:8080 {\n\tbind 127.0.0.1\n');
    expect(settings).toContain(`\troot * ${folder}/site\n`);
    expect(settings).not.toMatch(/# TLS$|# onion$/m);
    const checks = [
      ['caddy', 'validate', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')],
      ['tor', '--verify-config', '-f', join(folder, 'torrc')],
    ];
    for (const [command = '', ...words] of checks) {
      const program = findProgram(command);
      if (program !== undefined) execFileSync(program, words, { stdio: 'pipe' });
    }
    writeFileSync(join(folder, 'torrc'), 'SocksPort 0\n');
    const again = await publish(site, `onion:${folder}`);
    expect(again.output).toMatch(/torrc is another one[^]*nothing to do/);
  });
});

describe('a node of IPFS', () => {
  /** Answers as Kubo does, and pins what it is asked to. */
  const node = {
    pinned: new Set<string>(),
    named: '',
    imports: 0,
    refuses: false,
    sent: Buffer.of(),
  };
  let server: Server;
  let address = '';
  const cidOf = (site: string): string =>
    readFileSync(join(site, 'download/CID.txt'), 'utf8').trim();
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const argument = searchParams.get('arg') ?? '';
      const no = (message: string) => {
        response.writeHead(500).end(JSON.stringify({ Message: message, Code: 0, Type: 'error' }));
      };
      const sent: Buffer[] = [];
      request.on('data', (part: Buffer) => sent.push(part));
      request.on('end', () => {
        const yes = (body: object | string) =>
          response.end(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
        if (pathname === '/api/v0/pin/ls')
          return node.pinned.has(argument) ? yes({ Keys: {} }) : no('path is not pinned');
        if (pathname === '/api/v0/dag/import') {
          node.imports += 1;
          node.sent = Buffer.concat(sent);
          if (node.refuses) return no('disk full');
          const cid = cidOf(world.sites[3]);
          node.pinned.add(cid);
          return yes({ Root: { Cid: { '/': cid }, PinErrorMsg: '' } });
        }
        if (pathname === '/api/v0/key/list') return yes({ Keys: [{ Name: 'site', Id: 'k51' }] });
        if (pathname === '/api/v0/name/resolve')
          return node.named === '' ? no('could not resolve name') : yes({ Path: node.named });
        if (pathname === '/api/v0/name/publish') {
          node.named = argument;
          return yes({ Name: 'k51', Value: argument });
        }
        if (pathname === '/api/v0/cat')
          return yes(readFileSync(join(world.sites[3], 'EDITION.txt'), 'utf8'));
        return no(`what is ${pathname}?`);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('that refuses the edition gets no name for it', async () => {
    node.refuses = true;
    const { code, output } = await publish(world.sites[3], `ipfs:${address}#site`);
    node.refuses = false;
    expect([code, output]).toEqual([1, expect.stringContaining('disk full')]);
    expect(node.named).toBe('');
  });
  it('without the key says how to make it', async () => {
    const { code, output } = await publish(world.sites[3], `ipfs:${address}#mine`);
    expect([code, output]).toEqual([1, expect.stringContaining('ipfs key gen mine')]);
  });
  it('gets the CAR of a site that has a zip alone, and the name leads to it; then there is nothing to do', async () => {
    const car = 'download/garden-3.car';
    const first = await publish(
      changeCopy(world.sites[3], { [car]: null }),
      `ipfs:${address}#site`,
    );
    expect(node.sent.includes(readFileSync(join(world.sites[3], car)))).toBe(true);
    expect(first.output).toContain(`ipfs://${cidOf(world.sites[3])}`);
    expect(node.named).toBe(`/ipfs/${cidOf(world.sites[3])}`);
    const { imports } = node;
    expect((await publish(world.sites[3], `ipfs:${address}#site`)).output).toContain('nothing');
    expect(node.imports).toBe(imports);
  });
  it('keeps its name on a newer edition', async () => {
    const { code, output } = await publish(world.sites[2], `ipfs:${address}#site`);
    expect([code, output]).toEqual([1, expect.stringMatching(/ipns:\/\/k51 holds edition 3/)]);
    expect(node.named).toBe(`/ipfs/${cidOf(world.sites[3])}`);
  });
});
