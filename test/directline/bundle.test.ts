// Fetching the Web Chat bundle: another package than the pinned one is refused, and nothing ever fails the install.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/fetch-webchat.cjs', import.meta.url));
let folder: string;
let registry: Server;
let requests: string[];

/** A registry whose botframework-webchat is another file than the real one's, correctly signed for by the registry. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-bundle-'));
  requests = [];
  const tarball = gzipSync(Buffer.alloc(1_024));
  registry = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url?.endsWith('.tgz')) return response.end(tarball);
    const dist = {
      tarball: `http://${request.headers.host}/botframework-webchat-4.18.1.tgz`,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    };
    const version = { name: 'botframework-webchat', version: '4.18.1', dist };
    response.setHeader('Content-Type', 'application/json');
    return response.end(
      JSON.stringify({
        name: version.name,
        'dist-tags': { latest: '4.18.1' },
        versions: { '4.18.1': version },
      }),
    );
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  registry.close();
  await rm(folder, { recursive: true, force: true });
});

async function fetchBundle(env: Record<string, string> = {}): Promise<string> {
  const address = registry.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  // Rejects where the script exits with anything but 0.
  const { stderr } = await promisify(execFile)(process.execPath, [script, path.join(folder, 'webchat.js')], {
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}`,
      npm_config_cache: path.join(folder, 'cache'),
      npm_config_fetch_retries: '0',
      ...env,
    },
  });
  return stderr;
}

test('a package that is not the pinned one is refused, even from within an npm run that was told to do nothing', async () => {
  const said = await fetchBundle({ npm_config_dry_run: 'true', npm_config_json: 'true' });
  expect(said).toContain('could not be fetched: the package is not the pinned one');
  expect(requests).toContain('/botframework-webchat-4.18.1.tgz');
  expect(existsSync(path.join(folder, 'webchat.js'))).toBe(false);
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('without a registry it says so in one line', async () => {
  const said = await fetchBundle({ npm_config_offline: 'true' });
  expect(said).toMatch(/^The chat page's bundle .* could not be fetched: .*ENOTCACHED.*\n$/);
});
