// Tokens: refreshed once for all and ahead of their end, on disk before use, seeded by a setting, held against the scopes.
import { afterEach, describe, expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import { createDrchronoEhr, type DrchronoOptions } from '../../services/ehr/drchrono.ts';
import { seedHashOf } from '../../services/ehr/token-endpoint.ts';
import type { StoredToken } from '../../services/ehr/token-vault.ts';
import type { Ehr } from '../../services/ports.ts';
import {
  type Answer,
  adapterOptions,
  type Call,
  createMemoryVault,
  isToken,
  startScriptedEhr,
  tokenAnswer,
} from './scripted-ehr.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const chart = { id: 5, first_name: 'Ada', last_name: 'Example', date_of_birth: '1990-01-02' };
const read = (ehr: Ehr) => ehr.patient(patientId('5'), 'booking');
const refreshTokenOf = (call: Call) => new URLSearchParams(call.body).get('refresh_token');

/**
 * An EHR that rotates as the vendor does: each refresh token works once, a new access token ends the old one, and any
 * other answer is 401. `disturb` may answer in its place.
 */
async function openRotating(
  more: Partial<DrchronoOptions> = {},
  disturb: (call: Call, refreshes: number) => Answer | undefined = () => undefined,
) {
  let round = 0;
  const ehr = await startScriptedEhr((call) => {
    const refreshes = round + (isToken(call) ? 1 : 0);
    const disturbed = disturb(call, refreshes);
    if (disturbed !== undefined) return disturbed;
    if (!isToken(call))
      return call.token === `access-${round}`
        ? { status: 200, body: chart }
        : { status: 401, body: 'Authorization failed.' };
    if (refreshTokenOf(call) !== `refresh-${round}`) return { status: 401, body: { error: 'invalid_grant' } };
    round += 1;
    return tokenAnswer(round);
  });
  closing.push(() => ehr.close());
  const options = adapterOptions(ehr.origin, more);
  const start = (changes: Partial<DrchronoOptions> = {}) => {
    const adapter = createDrchronoEhr({ ...options, ...changes });
    closing.push(() => adapter.stop());
    return adapter;
  };
  return {
    clock: options.clock,
    start,
    adapter: start(),
    revoke: () => {
      round = -1;
    },
    refreshed: () => ehr.calls.filter(isToken).map(refreshTokenOf),
    calls: ehr.calls,
  };
}

const stored = (more: Partial<StoredToken> = {}): StoredToken => ({
  accessToken: 'access-0',
  refreshToken: 'refresh-0',
  refreshAtMs: Date.parse('2026-03-04T00:00:00Z'),
  expiresAtMs: Date.parse('2026-03-05T00:00:00Z'),
  scope: 'user:read calendar:read calendar:write clinical:read clinical:write patients:read patients:write',
  seedHash: seedHashOf('refresh-0'),
  ...more,
});

test('fifty calls at once wait for one refresh', async () => {
  const { adapter, refreshed } = await openRotating();
  const results = await Promise.all(Array.from({ length: 50 }, () => read(adapter)));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(refreshed()).toEqual(['refresh-0']);
});

test('a token is renewed ahead of its end, and used again before', async () => {
  const { adapter, clock, refreshed } = await openRotating();
  await read(adapter);
  clock.advance(172_800_000 * 0.89);
  await read(adapter);
  expect(refreshed().length).toBe(1);
  clock.advance(172_800_000 * 0.02);
  expect(await read(adapter)).toMatchObject({ ok: true });
  expect(refreshed()).toEqual(['refresh-0', 'refresh-1']);
});

test('a token endpoint that is down ahead of the end stops nobody, and is not asked on every call', async () => {
  const { adapter, clock, refreshed } = await openRotating({}, (call, refreshes) =>
    isToken(call) && refreshes === 2 ? { status: 503 } : undefined,
  );
  await read(adapter);
  clock.advance(172_800_000 * 0.95);
  for (let time = 0; time < 5; time += 1) expect(await read(adapter)).toMatchObject({ ok: true });
  expect(refreshed().length).toBe(2);
});

test('a token that died early costs one refresh and one repeat, for a crowd too', async () => {
  const { adapter, refreshed } = await openRotating({
    tokens: createMemoryVault(stored({ accessToken: 'access-dead' })),
  });
  const results = await Promise.all(Array.from({ length: 20 }, () => read(adapter)));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(refreshed()).toEqual(['refresh-0']);
});

test('401 even to a fresh token is said and rested on: no call goes out for half a minute', async () => {
  const { adapter, clock, calls } = await openRotating({}, (call) =>
    isToken(call) ? undefined : { status: 401 },
  );
  expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unauthorized' } });
  expect(adapter.state()).toEqual({ state: 'not-connected', reason: 'unauthorized' });
  const before = calls.length;
  expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unauthorized' } });
  expect(calls.length).toBe(before);
  clock.advance(30_000);
  await read(adapter);
  expect(calls.length).toBeGreaterThan(before);
});

describe('the rotated token', () => {
  test('is in the vault before it is used', async () => {
    const tokens = createMemoryVault();
    const seen: (string | undefined)[] = [];
    const { adapter } = await openRotating({ tokens }, (call) => {
      if (!isToken(call)) seen.push(tokens.held?.accessToken);
      return undefined;
    });
    await read(adapter);
    expect(seen).toEqual(['access-1']);
  });

  test('survives a crash right after it was written: the next start goes on with it', async () => {
    const tokens = createMemoryVault();
    const { start, refreshed, clock } = await openRotating({
      tokens: {
        read: tokens.read,
        // The process dies here: nothing after the write ever runs.
        write: async (token) => {
          await tokens.write(token);
          return new Promise(() => {});
        },
      },
    });
    void read(start());
    await expect.poll(() => tokens.held?.refreshToken).toBe('refresh-1');
    const again = start({ tokens });
    expect(await read(again)).toMatchObject({ ok: true });
    clock.advance(172_800_000);
    expect(await read(again)).toMatchObject({ ok: true });
    expect(refreshed()).toEqual(['refresh-0', 'refresh-1']);
  });

  test('that cannot be stored is not used, and is stored first thing when that works again', async () => {
    const tokens = createMemoryVault();
    tokens.broken = true;
    const { adapter, calls, refreshed } = await openRotating({ tokens });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(calls.filter((call) => !isToken(call))).toEqual([]);
    tokens.broken = false;
    expect(await read(adapter)).toMatchObject({ ok: true });
    expect(tokens.held?.refreshToken).toBe('refresh-1');
    expect(refreshed()).toEqual(['refresh-0']);
  });
});

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
    const { adapter, refreshed } = await openRotating({
      refreshTokenSetting: setting,
      tokens: createMemoryVault(held),
    });
    expect(await read(adapter)).toMatchObject({ ok: true });
    expect(refreshed()).toEqual(expected);
  });

  test('neither: never connected, and nothing is called', async () => {
    const { adapter, calls } = await openRotating({ refreshTokenSetting: undefined });
    await adapter.start();
    expect(adapter.state()).toEqual({ state: 'not-connected', reason: 'never-connected' });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unauthorized' } });
    expect(calls).toEqual([]);
  });

  test('a refused refresh is said, and not tried again on every call', async () => {
    const { adapter, clock, revoke, refreshed } = await openRotating();
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
    const { adapter, refreshed } = await openRotating({}, (call) =>
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
    const { adapter, calls } = await openRotating({}, (call) =>
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
