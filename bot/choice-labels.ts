// How choices read beside their text: as numbered lines of it, or as buttons that need not repeat its day.
import type { Choice, Reply } from '../dialogs/reply.ts';

/** Where all times of a grid are of one day, and the text names it, a button needs only the time: more of them are seen at once. */
export function withoutSharedDay({ layout, text }: Reply, choices: readonly Choice[]): readonly Choice[] {
  if (layout !== 'grid') return choices;
  const days = new Set(choices.flatMap(({ label }) => label.match(/^.+?(?=, )/) ?? []));
  const [day] = days;
  if (days.size !== 1 || day === undefined || !text.includes(day)) return choices;
  const start = `${day}, `;
  return choices.map((choice) =>
    choice.label.startsWith(start) ? { ...choice, label: choice.label.slice(start.length) } : choice,
  );
}

/** `1. Tue Feb 18`, and last `0. More`, which the dialogs do not count either. */
export function withNumbers(text: string, choices: readonly Choice[]): string {
  const counted = choices.filter(({ key }) => key !== 'more');
  const more = choices.filter(({ key }) => key === 'more');
  return [
    text,
    ...counted.map(({ label }, index) => `${index + 1}. ${label}`),
    ...more.map(({ label }) => `0. ${label}`),
  ].join('\n');
}
