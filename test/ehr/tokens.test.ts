// Tokens: refreshed once for all and ahead of their end, and on disk before they are used.
import { afterEach, describe, expect, test } from 'vitest';
import { openRotating, stored } from './rotating-ehr.ts';
import { read } from './samples.ts';
import { createMemoryVault, isToken } from './scripted-ehr.ts';

let rotating: Awaited<ReturnType<typeof openRotating>> | undefined;
afterEach(() => rotating?.close());
const open = async (...args: Parameters<typeof openRotating>) => {
  rotating = await openRotating(...args);
  return rotating;
};

test('fifty calls at once wait for one refresh', async () => {
  const { adapter, refreshed } = await open();
  const results = await Promise.all(Array.from({ length: 50 }, () => read(adapter)));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(refreshed()).toEqual(['refresh-0']);
});

test('a token is renewed ahead of its end, and used again before', async () => {
  const { adapter, clock, refreshed } = await open();
  await read(adapter);
  clock.advance(172_800_000 * 0.89);
  await read(adapter);
  expect(refreshed().length).toBe(1);
  clock.advance(172_800_000 * 0.02);
  expect(await read(adapter)).toMatchObject({ ok: true });
  expect(refreshed()).toEqual(['refresh-0', 'refresh-1']);
});

test('a token endpoint that is down ahead of the end stops nobody, and is not asked on every call', async () => {
  const { adapter, clock, refreshed } = await open({}, (call, refreshes) =>
    isToken(call) && refreshes === 2 ? { status: 503 } : undefined,
  );
  await read(adapter);
  clock.advance(172_800_000 * 0.95);
  for (let time = 0; time < 5; time += 1) expect(await read(adapter)).toMatchObject({ ok: true });
  expect(refreshed().length).toBe(2);
});

test('a token that died early costs one refresh and one repeat, for a crowd too', async () => {
  const { adapter, refreshed } = await open({
    tokens: createMemoryVault(stored({ accessToken: 'access-dead' })),
  });
  const results = await Promise.all(Array.from({ length: 20 }, () => read(adapter)));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(refreshed()).toEqual(['refresh-0']);
});

test('401 even to a fresh token is said and rested on: no call goes out for half a minute', async () => {
  const { adapter, clock, calls } = await open({}, (call) => (isToken(call) ? undefined : { status: 401 }));
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
    const { adapter } = await open({ tokens }, (call) => {
      if (!isToken(call)) seen.push(tokens.held?.accessToken);
      return undefined;
    });
    await read(adapter);
    expect(seen).toEqual(['access-1']);
  });

  test('survives a crash right after it was written: the next start goes on with it', async () => {
    const tokens = createMemoryVault();
    const { start, refreshed, clock } = await open({
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
    const { adapter, calls, refreshed } = await open({ tokens });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(calls.filter((call) => !isToken(call))).toEqual([]);
    tokens.broken = false;
    expect(await read(adapter)).toMatchObject({ ok: true });
    expect(tokens.held?.refreshToken).toBe('refresh-1');
    expect(refreshed()).toEqual(['refresh-0']);
  });
});
