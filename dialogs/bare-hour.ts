// An hour without anything that says so: "no, 10", "move it to 3". Only where no list is shown that a number could select from.
import type { Heard } from './hear.ts';

/** What was heard, with the hour that one of the patterns finds; 1 to 7 are afternoon first. */
export function withBareHour(text: string, said: Heard, patterns: readonly RegExp[]): Heard {
  const found = patterns
    .map((pattern) => pattern.exec(text.trim())?.[1])
    .find((number) => number !== undefined);
  const hour = Number(found ?? Number.NaN);
  if (said.time !== undefined || !(hour >= 1 && hour <= 12)) return said;
  const [morning, evening] = [(hour % 12) * 60, (hour % 12) * 60 + 720];
  const readings = hour <= 7 || hour === 12 ? [evening, morning] : [morning, evening];
  return { ...said, time: { kind: 'at', readings } };
}
