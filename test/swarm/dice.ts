// Repeatable chance: every turn of every conversation has dice of its own, so that a seed replays exactly.

export interface Dice {
  /** A whole number from 0 on, below `limit`. */
  roll(limit: number): number;
  /** True in `percent` of a hundred throws. */
  chance(percent: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Undefined only for an empty list. */
  any<T>(items: readonly T[]): T | undefined;
}

/** Park and Miller's generator; neighbouring seeds are parted by a multiplication first. */
export function createDice(seed: number, turn = 0): Dice {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b)) >>> 1 || 1;
  const roll = (limit: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * limit);
  };
  for (let warm = 0; warm < 3; warm += 1) roll(2);
  const any = <T>(items: readonly T[]): T | undefined => items[roll(items.length)];
  return {
    roll,
    chance: (percent) => roll(100) < percent,
    pick: (items) => any(items) ?? items[0],
    any,
  };
}
