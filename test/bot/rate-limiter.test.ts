// Counts per key: within, past, said once, over with the window, and never more keys than it may hold.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRateLimiter } from '../../bot/rate-limiter.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2025-02-10T15:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts each key by itself, and says how long the window still is', async () => {
  const limiter = createRateLimiter(2);
  expect(await limiter.take('a')).toEqual({
    isWithin: true,
    retryAfterSeconds: 60,
    isFirstRefusal: false,
  });
  vi.advanceTimersByTime(20_500);
  expect((await limiter.take('a')).isWithin).toBe(true);
  expect(await limiter.take('a')).toEqual({
    isWithin: false,
    retryAfterSeconds: 40,
    isFirstRefusal: true,
  });
  expect(await limiter.take('a')).toMatchObject({ isWithin: false, isFirstRefusal: false });
  expect((await limiter.take('b')).isWithin).toBe(true);
});

it('begins anew with the next window, the first refusal too', async () => {
  const limiter = createRateLimiter(1);
  for (let window = 0; window < 3; window += 1) {
    const paces = [await limiter.take('a'), await limiter.take('a'), await limiter.take('a')];
    expect(paces.map(({ isWithin }) => isWithin)).toEqual([true, false, false]);
    expect(paces.map(({ isFirstRefusal }) => isFirstRefusal)).toEqual([false, true, false]);
    vi.advanceTimersByTime(60_001);
  }
});

it('refusals do not make the window longer', async () => {
  const limiter = createRateLimiter(1);
  for (let second = 0; second < 60; second += 1) {
    await limiter.take('a');
    vi.advanceTimersByTime(1_000);
  }
  expect((await limiter.take('a')).isWithin).toBe(true);
});

it('holds as many keys as it may; the longest known gives way', async () => {
  const limiter = createRateLimiter(1, { most: 3 });
  for (const key of ['a', 'b', 'c', 'd']) expect((await limiter.take(key)).isWithin).toBe(true);
  expect(limiter.size).toBe(3);
  expect((await limiter.take('b')).isWithin).toBe(false);
  expect((await limiter.take('a')).isWithin).toBe(true);
});

it('a flood of 50,000 keys, each as long as an id may be, takes a few megabytes, and leaves no timer per key', async () => {
  const limiter = createRateLimiter(30);
  for (let n = 0; n < 50_000; n += 1) await limiter.take(`${'x'.repeat(1_000)}${n}`);
  expect(limiter.size).toBe(2_000);
  expect(vi.getTimerCount()).toBe(2_000);
  vi.advanceTimersByTime(60_001);
  expect(vi.getTimerCount()).toBe(0);
});

it('keys that are no good names for properties count like others', async () => {
  const limiter = createRateLimiter(1);
  for (const key of ['__proto__', 'constructor', 'toString', '', '\u{1F600}', 'a|b', 'ａ']) {
    expect([key, (await limiter.take(key)).isWithin, (await limiter.take(key)).isWithin]).toEqual([
      key,
      true,
      false,
    ]);
  }
});
