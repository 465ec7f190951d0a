// Where a token comes from and what it may do: the setting against the vault, a refused refresh, the scopes.
import { afterEach, describe, expect, test } from 'vitest';
import { seedHashOf } from '../../services/ehr/token-endpoint.ts';
import type { StoredToken } from '../../services/ehr/token-vault.ts';
import { openRotating, stored } from './rotating-ehr.ts';
import { read } from './samples.ts';
import { createMemoryVault, isToken, tokenAnswer } from './scripted-ehr.ts';

let rotating: Awaited<ReturnType<typeof openRotating>> | undefined;
afterEach(() => rotating?.close());
const open = async (...args: Parameters<typeof openRotating>) => {
  rotating = await openRotating(...args);
  return rotating;
};

describe('the setting against the vault', () => {
  const old = stored({
    refreshToken: 'refresh-old',
    accessToken: 'access-old',
    expiresAtMs: 0,
    refreshAtMs: 0,
  });
  test.each<[string, string | undefined, StoredToken | undefined, readonly string[]]>([
    ['no setting: the stored one', undefined, stored(), []],
    ['the setting that it came from: the stored one', 'refresh-0', stored(), []],
    [
      'a changed setting wins',
      'refresh-0',
      stored({ ...old, seedHash: seedHashOf('before') }),
      ['refresh-0'],
    ],
    ['nothing stored: the setting', 'refresh-0', undefined, ['refresh-0']],
    ['the stored one is refused: the setting once more', 'refresh-0', old, ['refresh-old', 'refresh-0']],
  ])('%s', async (_name, setting, held, expected) => {
    const { adapter, refreshed } = await open({
      refreshTokenSetting: setting,
      tokens: createMemoryVault(held),
    });
    expect(await read(adapter)).toMatchObject({ ok: true });
    expect(refreshed()).toEqual(expected);
  });

  test('neither: never connected, and nothing is called', async () => {
    const { adapter, calls } = await open({ refreshTokenSetting: undefined });
    await adapter.start();
    expect(adapter.state()).toEqual({ state: 'not-connected', reason: 'never-connected' });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unauthorized' } });
    expect(calls).toEqual([]);
  });

  test('a refused refresh is said, and not tried again on every call', async () => {
    const { adapter, clock, revoke, refreshed } = await open();
    revoke();
    await adapter.start();
    expect(adapter.state()).toEqual({ state: 'not-connected', reason: 'unauthorized' });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unauthorized' } });
    expect(refreshed().length).toBe(1);
    clock.advance(30_000);
    await read(adapter);
    expect(refreshed().length).toBe(2);
  });

  test('a token endpoint that is down is tried again at once, and a throttled one says how long', async () => {
    const { adapter, refreshed } = await open({}, (call) =>
      isToken(call)
        ? [
            { status: 503 },
            'cut' as const,
            { status: 429, body: 'Expected available in 7 seconds.' },
            undefined,
          ][refreshed().length - 1]
        : undefined,
    );
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'throttled', retryAfterSeconds: 7 } });
    expect(await read(adapter)).toMatchObject({ ok: true });
  });
});

describe('the scopes', () => {
  const everything = stored().scope;
  test.each([
    ['all of them', everything, []],
    ['more than needed', `${everything} settings:read`, []],
    ['no calendar:read', everything.replace('calendar:read ', ''), ['calendar:read']],
    [
      'write without read',
      'user:write calendar:write clinical:write patients:write',
      ['user:read', 'calendar:read', 'clinical:read', 'patients:read'],
    ],
    [
      'a summary is no chart',
      everything.replace('patients:read', 'patients:summary:read'),
      ['patients:read'],
    ],
  ])('%s', async (_name, scope, missing) => {
    const { adapter, calls } = await open({}, (call) =>
      isToken(call) ? tokenAnswer(1, { scope }) : { status: 200, body: { results: [], next: null } },
    );
    await adapter.start();
    expect(adapter.state()).toEqual(
      missing.length === 0 ? { state: 'ready' } : { state: 'missing-scopes', scopes: missing },
    );
    if (missing.length === 0) return;
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'forbidden', missingScopes: missing } });
    expect(calls.filter((call) => !isToken(call))).toEqual([]);
  });
});
