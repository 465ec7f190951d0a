// The same sentence says the same wherever the server stands.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const child = path.join(import.meta.dirname, 'understand-child.ts');

test('both phrase tables read alike under three time zones', async () => {
  const printed = await Promise.all(
    ['UTC', 'America/New_York', 'Pacific/Auckland'].map(async (TZ) => {
      const { stdout } = await promisify(execFile)(process.execPath, [child], {
        env: { ...process.env, TZ },
      });
      return stdout.split(' ');
    }),
  );
  const [counts, hashes, hours] = [0, 1, 2].map((at) => printed.map((parts) => parts[at]));
  expect(new Set(counts).size).toBe(1);
  expect(Number(counts?.[0])).toBeGreaterThan(2_000);
  expect(new Set(hashes).size).toBe(1);
  // The zones were in force.
  expect(hours).toEqual(['0', '19', '12']);
});
