// What is installed: exact versions, no install script that runs unasked, and none of the versions that advisories name.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', name), 'utf8'));
const versions = z.record(z.string(), z.string());
const manifest = z
  .object({
    dependencies: versions,
    optionalDependencies: versions,
    devDependencies: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read('package.json'));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({ version: z.string().optional(), hasInstallScript: z.boolean().optional() }),
    ),
  })
  .parse(read('package-lock.json'));
const installed = Object.entries(lock.packages)
  .filter(([at]) => at !== '')
  .map(([at, found]) => ({ name: at.split('node_modules/').at(-1) ?? '', ...found }));

it('every dependency is pinned to one version', () => {
  const { dependencies, optionalDependencies, devDependencies } = manifest;
  const pinned = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies });
  expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

it('no install script runs that is not ours', () => {
  const withScript = installed.filter(({ hasInstallScript }) => hasInstallScript === true);
  for (const { name } of withScript) expect([name, manifest.allowScripts[name]]).toEqual([name, false]);
});

/** Fixed in: the first version of its line that is not affected. */
it.each<[name: string, advisory: string, ...fixedIn: string[]]>([
  ['axios', 'GHSA-777c-7fjr-54vf and those before it', '1.16.0'],
  ['fast-redact', 'GHSA-ffrw-9mx8-89p8: no fixed version', '999.0.0'],
  ['follow-redirects', 'GHSA-cxjh-pqwp-8mfp', '1.15.6'],
  ['form-data', 'GHSA-fjxv-7rqg-78g4', '4.0.4'],
  ['jws', 'GHSA-869p-cjfg-cm3x', '3.2.3', '4.0.1'],
  ['lodash', 'GHSA-35jh-r3h4-6jhm and those before it', '4.17.21'],
  ['node-fetch', 'GHSA-r683-j2x4-v87g', '2.6.7'],
  ['qs', 'GHSA-6rw7-vpxm-498p', '6.14.1'],
  ['uuid', 'GHSA-w5hq-g745-h8pq', '11.1.1', '14.0.0'],
  ['ws', 'GHSA-3h5v-q93c-6h6q, GHSA-58qx-3vcg-4xpx', '7.5.10', '8.20.1'],
])('%s is not one of those of %s', (name, _, ...fixedIn) => {
  for (const { version = '' } of installed.filter((each) => each.name === name))
    expect([version, fixedIn.some((fixed) => isSince(version, fixed))]).toEqual([version, true]);
});

/** In the line of the same major version, or past every line with an advisory. */
function isSince(version: string, fixed: string): boolean {
  const [have = [], least = []] = [version, fixed].map((text) => text.split('.').map(Number));
  if (have[0] !== least[0]) return false;
  const at = [1, 2].find((part) => have[part] !== least[part]);
  return at === undefined || (have[at] ?? 0) > (least[at] ?? 0);
}
