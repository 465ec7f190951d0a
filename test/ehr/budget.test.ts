// The call allowance: how many go when, who goes first, who is sent away at once.
import { expect, test } from 'vitest';
import { createBudget } from '../../services/ehr/budget.ts';
import type { Priority } from '../../services/ports.ts';
import { createTestClock } from '../support/test-clock.ts';

const open = (limits: { perHour: number; perSecond: number }, at = '2026-03-03T14:00:00Z') => {
  const clock = createTestClock(at);
  return { clock, budget: createBudget(limits, clock) };
};

test('fewer than ten calls leave within any second, and sixty take their time', async () => {
  const { clock, budget } = open({ perHour: 500, perSecond: 10 });
  const sentAt: number[] = [];
  for (let call = 0; call < 60; call += 1) {
    expect(await budget.take('booking')).toEqual({ ok: true });
    sentAt.push(clock.now());
  }
  for (const from of sentAt)
    expect(sentAt.filter((at) => from <= at && at <= from + 1_000).length).toBeLessThan(10);
});

test.each<[Priority, number]>([
  ['booking', 100],
  ['browsing', 90],
  ['background', 60],
])('of 100 calls an hour %s gets no further than call %i', async (priority, most) => {
  const { budget } = open({ perHour: 100, perSecond: 100_000 });
  for (let call = 0; call < most; call += 1) expect((await budget.take(priority)).ok).toBe(true);
  expect(await budget.take(priority)).toEqual({
    ok: false,
    error: { kind: 'throttled', retryAfterSeconds: 3_600 },
  });
});

test('the allowance is whole again when the clock hour turns, not an hour later', async () => {
  const { clock, budget } = open({ perHour: 1, perSecond: 10 }, '2026-03-03T14:59:50Z');
  expect((await budget.take('booking')).ok).toBe(true);
  expect(await budget.take('booking')).toEqual({
    ok: false,
    error: { kind: 'throttled', retryAfterSeconds: 10 },
  });
  clock.set('2026-03-03T15:00:00Z');
  expect((await budget.take('booking')).ok).toBe(true);
});

test('a booking overtakes everybody who waits, and browsing overtakes background', async () => {
  const { budget } = open({ perHour: 500, perSecond: 4 });
  for (let call = 0; call < 3; call += 1) await budget.take('booking');
  const order: Priority[] = [];
  await Promise.all(
    (['background', 'browsing', 'booking'] as const).map(async (priority) => {
      if ((await budget.take(priority)).ok) order.push(priority);
    }),
  );
  expect(order).toEqual(['booking', 'browsing', 'background']);
});

test.each<[Priority, number]>([
  ['booking', 5],
  ['browsing', 2],
])(
  '%s that would wait longer than %i s is sent away at once, with the seconds',
  async (priority, seconds) => {
    const { clock, budget } = open({ perHour: 500, perSecond: 10 });
    budget.block(seconds + 1);
    const before = clock.now();
    expect(await budget.take(priority)).toEqual({
      ok: false,
      error: { kind: 'throttled', retryAfterSeconds: seconds + 1 },
    });
    expect(clock.now()).toBe(before);
    expect(budget.blockedMs()).toBe((seconds + 1) * 1_000);
  },
);

test('a short wait after a 429 is waited for', async () => {
  const { clock, budget } = open({ perHour: 500, perSecond: 10 });
  const before = clock.now();
  budget.block(1);
  expect((await budget.take('browsing')).ok).toBe(true);
  expect(clock.now() - before).toBe(1_000);
});

test('a crowd is told to come back instead of piling up', async () => {
  const { budget } = open({ perHour: 500, perSecond: 10 });
  const turns = await Promise.all(Array.from({ length: 100 }, () => budget.take('booking')));
  const went = turns.filter((turn) => turn.ok).length;
  expect(went).toBeGreaterThanOrEqual(36);
  expect(went).toBeLessThanOrEqual(54);
});

test('a clock that does not move while sleeping does not hang a waiting call', async () => {
  const budget = createBudget(
    { perHour: 500, perSecond: 2 },
    { now: () => 0, sleep: () => Promise.resolve() },
  );
  await budget.take('booking');
  expect((await budget.take('booking')).ok).toBe(true);
});
