// What is written on choices whose keys carry their own meaning: days, wall times (always with their day), and words of ours.
import type { Phrases } from './phrases/index.ts';

const fixedLabels: Readonly<Record<string, (words: Phrases) => string>> = {
  yes: (words) => words.yesLabel(),
  no: (words) => words.noLabel(),
  more: (words) => words.moreLabel(),
  earlier: (words) => words.earlierLabel(),
  'other-day': (words) => words.otherDayLabel(),
  retry: (words) => words.retryLabel(),
  'start-over': (words) => words.startOverLabel(),
  'keep-going': (words) => words.keepGoingLabel(),
  'change:office': (words) => words.changeLabel('office'),
  'change:doctor': (words) => words.changeLabel('doctor'),
  'change:visitType': (words) => words.changeLabel('visitType'),
  'change:day': (words) => words.changeLabel('day'),
  'change:time': (words) => words.changeLabel('time'),
  'change:who': (words) => words.changeLabel('who'),
};

const labels = new WeakMap<Phrases, Map<string, string>>();
/** Two months of days with a few dozen times each. */
const mostLabels = 4_000;

/** A choice's label from its key alone. Remembered: the same days and times are shown all day long. */
export function labelOf(key: string, words: Phrases): string {
  const known = labels.get(words) ?? new Map<string, string>();
  const label = known.get(key);
  if (label !== undefined) return label;
  const made = newLabel(key, words);
  if (known.size >= mostLabels) known.clear();
  labels.set(words, known.set(key, made));
  return made;
}

function newLabel(key: string, words: Phrases): string {
  const fixed = fixedLabels[key];
  if (fixed !== undefined) return fixed(words);
  return key.length === 10 ? words.day(key) : words.dayAndTime(key);
}
