// Fetches the Web Chat bundle for the chat page: one file out of one npm package, both checked against pinned sums.
// Plain CommonJS for Node 20 or newer, since it runs in `postinstall`; whatever goes wrong, the install goes on (exit 0).
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');
const { mkdtemp, readFile, readdir, rename, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');
const zlib = require('node:zlib');

// Installing the package would bring 444 packages and 532 MB; the page needs one file of 3.9 MB.
const PACKAGE = 'botframework-webchat@4.18.1';
const TARBALL_SHA512 =
  '7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==';
const FILE = 'package/dist/webchat.js';
const FILE_SHA256 = '0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff';
const FILE_MAX_BYTES = 16 * 1024 * 1024;
const PACK_TIMEOUT_MS = 60_000;

const root = path.join(__dirname, '..');

/** What our caller was told must not leak into `npm pack`: `npm ci --dry-run` and the like would make it fetch nothing. */
function environmentForPack() {
  const own =
    /^npm_config_(dry_run|ignore_scripts|json|global|location|workspaces?|include_workspace_root)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Downloads the package's tarball into `folder` through the ordinary npm client, so its registry and proxy settings hold. */
async function pack(folder) {
  const cli = process.env.npm_execpath ?? '';
  const [command, first] = /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli]] : ['npm', []];
  await promisify(execFile)(
    command,
    [...first, 'pack', PACKAGE, '--pack-destination', folder, '--loglevel=error', '--fetch-retries=1'],
    { cwd: root, env: environmentForPack(), timeout: PACK_TIMEOUT_MS, killSignal: 'SIGKILL' },
  );
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack left no file');
  return readFile(path.join(folder, tarball));
}

/** Reads one file out of a gzipped tar, streaming: another file of this package is 147 MB unpacked. */
async function extract(tarball, wanted) {
  const gunzip = zlib.createGunzip();
  gunzip.end(tarball);
  let pending = Buffer.alloc(0);
  let skip = 0;
  let size;
  for await (const chunk of gunzip) {
    const dropped = Math.min(skip, chunk.length);
    skip -= dropped;
    pending = Buffer.concat([pending, chunk.subarray(dropped)]);
    while (skip === 0) {
      if (size !== undefined) {
        if (pending.length < size) break;
        return pending.subarray(0, size);
      }
      if (pending.length < 512) break;
      const name = pending.toString('latin1', 0, 100).replace(/\0.*$/s, '');
      const bytes = Number.parseInt(pending.toString('latin1', 124, 136), 8) || 0;
      pending = pending.subarray(512);
      if (name === wanted && bytes <= FILE_MAX_BYTES) {
        size = bytes;
      } else {
        const padded = Math.ceil(bytes / 512) * 512;
        skip = Math.max(0, padded - pending.length);
        pending = pending.subarray(Math.min(padded, pending.length));
      }
    }
  }
  throw new Error(`${wanted} is not in the package`);
}

const sum = (algorithm, encoding, bytes) => createHash(algorithm).update(bytes).digest(encoding);

async function fetchWebChat(target) {
  if (existsSync(target) && sum('sha256', 'hex', await readFile(target)) === FILE_SHA256) return;
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-webchat-'));
  try {
    const tarball = await pack(folder);
    if (sum('sha512', 'base64', tarball) !== TARBALL_SHA512)
      throw new Error('the package is not the pinned one');
    const bundle = await extract(tarball, FILE);
    if (sum('sha256', 'hex', bundle) !== FILE_SHA256) throw new Error('the file is not the pinned one');
    // Beside the target, not in the temporary folder: that may be another disk, where a rename is not atomic.
    await writeFile(`${target}.${process.pid}.tmp`, bundle);
    await rename(`${target}.${process.pid}.tmp`, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const target = process.argv[2] ?? path.join(root, 'bot', 'web', 'webchat.js');
fetchWebChat(target).catch((error) => {
  const said = (error.stderr || error.message || '').trim().split('\n', 1)[0];
  const reason = error.killed ? 'it took too long' : said;
  console.warn(
    `The chat page's bundle (${PACKAGE}) could not be fetched: ${reason}. Everything else works; "npm start" tries again.`,
  );
});
