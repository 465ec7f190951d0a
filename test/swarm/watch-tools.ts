// What the rules of the watch share: a turn, the EHR's rows as the bot reads them out, and what counts as a clear yes.
import { type Phrases, phrasesOf, type VisitFacts } from '../../dialogs/phrases/index.ts';
import type { Answer, Seen } from '../support/person.ts';
import type { Row } from '../support/sandbox-control.ts';
import type { Practice } from './goal.ts';
import type { Move } from './moves.ts';
import { legible, type Screen } from './screen.ts';

export interface Turn {
  readonly channelId: string;
  readonly move: Move;
  /** The same words again, before their answer can have been read. */
  readonly isEcho: boolean;
  readonly before: Screen;
  /** Choices of messages before the last one. */
  readonly older: readonly Seen[];
  readonly answer: Answer;
  readonly after: Screen;
  /** All that stands in the EHR, before and after. */
  readonly rowsBefore: readonly Row[];
  readonly rowsAfter: readonly Row[];
  /** Names by chart: the patient, and who is related. */
  readonly people: ReadonlyMap<number, string>;
  readonly practice: Practice;
}

const languages = ['en', 'es'] as const;
export const inBoth = (sentence: (words: Phrases) => string): readonly string[] =>
  languages.map((language) => legible(sentence(phrasesOf(language))));

/** The EHR's row as the bot reads visits out. */
export function factsOf(row: Row, { people, practice }: Turn): VisitFacts {
  const provider = practice.providers.find(({ id }) => id === row.doctor);
  const visitType = provider?.visitNames.get(Number(row['profile']));
  return {
    person: people.get(row.patient ?? 0) ?? `chart ${row.patient}`,
    doctor: provider?.name ?? `doctor ${row.doctor}`,
    office: practice.places.find(({ id }) => id === row.office)?.line ?? `office ${row.office}`,
    ...(visitType === undefined ? {} : { visitType }),
    localStart: row.scheduled_time.slice(0, 16),
    timeZone: provider?.timeZone ?? 'UTC',
  };
}

/** The button of yes, its number where choices have numbers, or a word that means nothing else; on SMS not "yes", which is the carrier's. */
export function explicitly(
  { move, isEcho, before, channelId }: Turn,
  yesWords: ReadonlySet<string>,
): boolean {
  const [button] = before.choices;
  if (button === undefined || (isEcho && move.text === button.number)) return false;
  if (move.more?.['value'] !== undefined) return isSame(move.more['value'], button);
  if (channelId !== 'webchat' && move.text === button.number) return true;
  const text = legible(move.text);
  return (
    text === legible(button.label) || (yesWords.has(text) && !(channelId === 'sms' && /^yes\b/.test(text)))
  );
}

export const isSame = (value: unknown, { mark }: Seen): boolean =>
  mark !== undefined && JSON.stringify(value) === JSON.stringify(mark);

export const isLive = (row: Row): boolean => !row.deleted_flag && row.status !== 'Cancelled';
