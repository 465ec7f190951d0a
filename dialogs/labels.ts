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
  'change:when': (words) => words.changeWhenLabel(),
  'change:who': (words) => words.changeLabel('who'),
  'move-it': (words) => words.moveItLabel(),
  'leave-it': (words) => words.leaveItLabel(),
  'cancel-it': (words) => words.cancelItLabel(),
  'keep-it': (words) => words.keepItLabel(),
  'agenda:names': (words) => words.showNamesLabel(),
  'agenda:today': (words) => words.agendaLabel.today(),
  'agenda:tomorrow': (words) => words.agendaLabel.tomorrow(),
  'agenda:next': (words) => words.agendaLabel.next(),
  'agenda:week': (words) => words.agendaLabel.week(),
  'second-wish': (words) => words.goOnWithIt(),
  undo: (words) => words.undoLabel(),
  'do:move': (words) => words.moveLabel(),
  'do:cancel': (words) => words.cancelLabel(),
  'do:directions': (words) => words.directionsLabel(),
  'do:list': (words) => words.listLabel(),
  'do:done': (words) => words.doneLabel(),
  'no-code': (words) => words.noCodeLabel(),
  register: (words) => words.registerLabel(),
  'claim-again': (words) => words.claimAgainLabel(),
  'someone-else': (words) => words.someoneElseLabel(),
  'register-yes': (words) => words.registerYesLabel(),
  'register-no': (words) => words.registerNoLabel(),
  'delete-it': (words) => words.deleteItLabel(),
  'keep-data': (words) => words.keepDataLabel(),
  'gender:Female': (words) => words.gender.Female(),
  'gender:Male': (words) => words.gender.Male(),
  'gender:Other': (words) => words.gender.Other(),
  'gender:ASKU': (words) => words.gender.ASKU(),
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
