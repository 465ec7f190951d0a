// The vault over the real store: tokens survive a restart, the sandbox's stay apart, a damaged one counts as none.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type StoredToken, storeTokenVault } from '../../services/ehr/token-vault.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createTestLog } from './scripted-ehr.ts';

const token: StoredToken = {
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  refreshAtMs: 1,
  expiresAtMs: 2,
  scope: 'user:read',
  seedHash: 'hash',
};

test('what was written is read after a restart, by its own name only, the latest of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookadoc-vault-'));
  const open = async () => {
    const clock = createTestClock('2026-03-03T14:00:00Z');
    const opened = await openJsonStore({ folder, indexes: [], clock, log: createTestLog() });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  const before = await open();
  expect(await storeTokenVault(before).read()).toBeUndefined();
  await storeTokenVault(before).write({ ...token, accessToken: 'access-0' });
  await storeTokenVault(before).write(token);
  await before.close();

  const after = await open();
  expect(await storeTokenVault(after).read()).toEqual(token);
  expect(await storeTokenVault(after, 'sandbox').read()).toBeUndefined();
  await after.batch([{ op: 'put', kind: 'token', id: 'sandbox', document: { accessToken: 'half' } }]);
  expect(await storeTokenVault(after, 'sandbox').read()).toBeUndefined();
  await after.close();
  await rm(folder, { recursive: true, force: true });
});
