// "Start over": asked about first, because it drops what has been answered.
import { readYesNo } from './answers.ts';
import { choose, picked } from './choose.ts';
import { optionsOf } from './lists.ts';
import { idle, type Memory } from './memory.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';

/** "Start over" drops answers, so it is asked about first. */
export const askStartOver = (memory: Memory): Step =>
  waitFor(
    memory,
    'start-over',
    wordsFor(memory).askStartOver(),
    optionsOf(memory, ['start-over', 'keep-going']),
  );

export function recordStartOver(turn: Turn, memory: Memory): Step {
  const options = optionsOf(memory, memory.shown ?? []);
  const tapped = picked(turn, options);
  const chosen = tapped === undefined ? choose(turn.text, options) : { kind: 'one' as const, key: tapped };
  const isYes = readYesNo(turn.text) === 'yes' || (chosen.kind === 'one' && chosen.key === 'start-over');
  if (!isYes) return goOn({ ...memory, misses: undefined });
  // Who it is stays known: only the answers about the visit were promised to be dropped.
  const fresh = {
    ...idle(memory),
    second: undefined,
    draft: {},
    ...(memory.who === undefined ? {} : { answered: ['who' as const] }),
  };
  return goOn(fresh, wordsFor(fresh).startedOver());
}
