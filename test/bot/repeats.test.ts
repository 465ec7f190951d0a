// The memory of seen activities: exact for 24 hours, small, and not on the JavaScript heap.
import { describe, expect, it } from 'vitest';
import { createRepeats, isMarked, markOf, withMark } from '../../bot/repeats.ts';

const day = 24 * 60 * 60 * 1000;

describe('repeats', () => {
  it('10,000 ids: each is first once, across growth of the table', () => {
    const repeats = createRepeats(() => 0);
    const ids = Array.from({ length: 10_000 }, (_, n) => `webchat|c|${n}`);
    expect(ids.filter((id) => repeats.isFirst(id))).toHaveLength(10_000);
    expect(ids.filter((id) => repeats.isFirst(id))).toHaveLength(0);
    expect(repeats.capacity() * 16).toBeLessThan(10_000 * 100);
  });

  it('remembers for 24 hours, from the first time', () => {
    let now = 0;
    const repeats = createRepeats(() => now);
    const seen = [0, 1, day - 1, day, day + 1].map((at) => {
      now = at;
      return repeats.isFirst('a');
    });
    expect(seen).toEqual([true, false, false, true, false]);
  });

  it('a week of traffic takes the room of a day', () => {
    let now = 0;
    const repeats = createRepeats(() => now);
    for (let n = 0; n < 70_000; n += 1) {
      now = n * (day / 10_000);
      repeats.isFirst(`id-${n}`);
    }
    expect(repeats.capacity()).toBeLessThanOrEqual(65_536);
    expect(repeats.isFirst('id-69999')).toBe(false);
    expect(repeats.isFirst('id-60100')).toBe(false);
  });
});

describe('marks kept in the state', () => {
  it('hold the last 20 ids in 120 characters', () => {
    const marks = Array.from({ length: 50 }, (_, n) => markOf(`id-${n}`)).reduce(withMark, '');
    expect(marks).toHaveLength(120);
    const known = Array.from({ length: 50 }, (_, n) => n).filter((n) => isMarked(marks, markOf(`id-${n}`)));
    expect(known).toEqual(Array.from({ length: 20 }, (_, n) => n + 30));
  });

  it('nothing is marked at first', () => {
    expect(isMarked('', markOf('id-1'))).toBe(false);
  });
});
