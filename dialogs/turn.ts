// One turn as the conversation's parts see it: what was typed, where, and what the parts hand back to each other.
import { appointmentId, type MessageChannel, patientId } from '../services/domain.ts';
import type { Account } from '../services/identity-cases.ts';
import type { Clock } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import type { VisitOf } from '../services/visit-cases.ts';
import type { Option } from './choose.ts';
import type { Memory } from './memory.ts';
import { type Phrases, phrasesOf } from './phrases/index.ts';
import type { Choice, Language, Reply, Tap } from './reply.ts';

export interface Desk {
  readonly useCases: UseCases;
  readonly clock: Clock;
  readonly practice: { readonly name: string; readonly phone: string };
  readonly numbers: AlarmNumbers;
  readonly horizonDays: number;
  /** What the notice on privacy names: how long conversations are kept, and by what codes and confirmations are sent. */
  readonly notice: { readonly conversationDays: number; readonly sends: readonly MessageChannel[] };
  /** How long an identity, or half of a claim, outlives the last turn (SESSION_MINUTES). */
  readonly sessionMinutes: number;
  /** The path of a visit's calendar file on this server, good for a few minutes. */
  readonly calendarPath: (visit: VisitOf & { readonly language: Language }) => string;
}

/** Whom to call at once: in an emergency, and in a crisis of the mind. */
export interface AlarmNumbers {
  readonly emergency: string;
  readonly crisis: string;
}

export interface Turn {
  readonly desk: Desk;
  readonly text: string;
  /** The Bot Framework channel id. */
  readonly channel: string;
  /** `channel|conversation`, unique over all channels. */
  readonly conversationId: string;
  /** Who is writing, where the channel proves it. */
  readonly account?: Account;
  /** The identity was forgotten just now: the question that this answers will not be asked next. */
  readonly forgotten?: boolean;
  /** The same number as the message before, within seconds. */
  readonly isEcho?: boolean;
  /** The tap that this turn is, before it has been held against the list shown last. */
  readonly tap?: Tap;
  /** The key of the choice that was tapped, checked to be one of those shown last. */
  readonly picked?: string;
}

/** What a part of the conversation made of a turn. `ask`: the next open question follows; `wait`: one was asked; `end`: the flow is over. */
export interface Step {
  readonly memory: Memory;
  readonly replies: readonly Reply[];
  readonly next: 'ask' | 'wait' | 'end';
}

/** What a whole turn comes to. */
export interface Said {
  readonly memory: Memory;
  readonly replies: readonly Reply[];
}

export const wordsFor = (memory: Memory): Phrases => phrasesOf(memory.language);

export const choicesOf = (options: readonly Option[]): readonly Choice[] =>
  options.map(({ key, label }) => ({ key, label, value: label }));

/** One reply in the conversation's language; choices that were shown must be in the memory's `shown`, in the same order. */
export const say = (memory: Memory, text: string, options: readonly Option[] = []): Reply => ({
  text,
  language: memory.language,
  ...(options.length === 0 ? {} : { choices: choicesOf(options) }),
});

/** "Add to calendar", under a visit that stands. */
export const calendarLink = (
  desk: Desk,
  { language }: Memory,
  patient: string,
  appointment: string,
): NonNullable<Reply['link']> => ({
  label: phrasesOf(language).addToCalendar(),
  path: desk.calendarPath({
    patientId: patientId(patient),
    appointment: appointmentId(appointment),
    language,
  }),
});

/** Asks something and waits: the list is remembered, so that a lone number can select from it. */
export const waitFor = (
  memory: Memory,
  asked: NonNullable<Memory['asked']>,
  text: string,
  options: readonly Option[] = [],
): Step => ({
  memory: { ...memory, asked, shown: options.length === 0 ? undefined : options.map(({ key }) => key) },
  replies: [
    {
      ...say(memory, text, options),
      ...(asked === 'day' || asked === 'time' ? { layout: 'grid' as const } : {}),
    },
  ],
  next: 'wait',
});

/** Says something (or nothing) and goes on to the next open question. */
export const goOn = (memory: Memory, ...texts: readonly string[]): Step => ({
  memory,
  replies: texts.map((text) => say(memory, text)),
  next: 'ask',
});

/** A sentence and the question after it are one message: fewer to read, and fewer to pay for on a phone. */
export function merged(replies: readonly Reply[]): readonly Reply[] {
  const out: Reply[] = [];
  for (const reply of replies) {
    const last = out.at(-1);
    const joins =
      last !== undefined &&
      last.choices === undefined &&
      last.card === undefined &&
      last.confirmation === undefined;
    if (joins && reply.confirmation === undefined)
      out[out.length - 1] = { ...reply, text: `${last.text}\n${reply.text}` };
    else out.push(reply);
  }
  return out;
}
