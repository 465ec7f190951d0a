// What a conversation remembers between turns: answers by slot name, the list just shown, who was identified. JSON-safe, small, versioned.
import { z } from 'zod';

/** Raise it when a stored memory could be misread; a memory of another version is discarded and said so. */
const version = 1;
/** How long an identity, or half of a claim, outlives the last turn. */
const identityMs = 15 * 60_000;

/** The questions, in the order in which they are asked; `who` asks for the name, then for the date of birth. */
export const slots = ['who', 'office', 'doctor', 'visitType', 'day', 'time', 'confirm'] as const;
export type SlotName = (typeof slots)[number];

/** What was said about day and time before it could be held against open times. Both days are included; minutes are after midnight. */
const wishSchema = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  /** Days that fit equally well, to be asked about. */
  dates: z.array(z.string()).optional(),
  /** One time, the usual reading first. */
  at: z.array(z.number()).optional(),
  /** A part of the day: starts from the first minute on, before the second. */
  between: z.tuple([z.number(), z.number()]).optional(),
  soonest: z.literal(true).optional(),
});

const draftSchema = z.object({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  birthDate: z.string().optional(),
  officeId: z.string().optional(),
  doctorId: z.string().optional(),
  visitTypeId: z.string().optional(),
  /** `YYYY-MM-DD` at the office. */
  day: z.string().optional(),
  /** `HH:MM` at the office. */
  time: z.string().optional(),
  /** The kind of visit by its name: each doctor has an id of their own for it. */
  visitName: z.string().optional(),
  /** Kinds of visit that may fit the reason given, for the patient to choose from. */
  maybeVisits: z.array(z.string()).optional(),
  /** "Any doctor": whoever of the office has the time. */
  anyDoctor: z.literal(true).optional(),
  /** "The same doctor as last time": found out once it is known who asks. */
  sameDoctor: z.literal(true).optional(),
  /** Ids of offices and doctors that were named alike: the next list is of these. */
  among: z.array(z.string()).optional(),
  /** Ids of offices and doctors that are not wanted. */
  unwanted: z.array(z.string()).optional(),
  wish: wishSchema.optional(),
});

const memorySchema = z.object({
  v: z.literal(version),
  language: z.enum(['en', 'es']),
  languageChosen: z.boolean().optional(),
  /** Epoch milliseconds of the last turn. */
  lastTurnMs: z.number(),
  /** From the chart, once identified. */
  who: z.object({ id: z.string(), name: z.string(), firstName: z.string() }).optional(),
  draft: draftSchema.optional(),
  /** The open question, by name; `change`, `start-over` and `retry` are questions about the conversation itself. */
  asked: z.enum([...slots, 'change', 'start-over', 'retry']).optional(),
  /** Keys of the list just shown, in its order: what a lone number selects from. */
  shown: z.array(z.string()).optional(),
  /** Where the page of days or times begins. */
  page: z.number().optional(),
  /** Slots answered by the patient, in order: the way that "back" goes. */
  answered: z.array(z.enum(slots)).optional(),
  misses: z.number().optional(),
  /** Times that were picked and taken by somebody else first, in this booking. */
  lost: z.number().optional(),
  /** An emergency was answered: nothing is asked until the patient says that it may go on. */
  halted: z.enum(['emergency', 'self-harm']).optional(),
  /** How many lists have been shown: marks the buttons of each, so that those of an older one are known. */
  asks: z.number().optional(),
  /** The number that the last message was, if it was one alone. */
  number: z.number().optional(),
  /** The mark and key of the tap that was taken last: a second one is "already done". */
  tapped: z.string().optional(),
  /** The last booking is neither confirmed nor refused; until its news has been said. */
  unsureUntilMs: z.number().optional(),
});

export type Wish = z.infer<typeof wishSchema>;
export type Draft = z.infer<typeof draftSchema>;
/** Not text, so it is never in what was stored. */
const remembering = Symbol('remembering');
export type Memory = z.infer<typeof memorySchema> & { readonly [remembering]?: true };

export const newMemory = (language: Memory['language'], nowMs: number): Memory => ({
  v: version,
  language,
  lastTurnMs: nowMs,
});

const isRemembered = (stored: unknown): stored is Memory =>
  typeof stored === 'object' && stored !== null && remembering in stored;

/** Marks a memory for what it is: should the state give it back as it is, it is not checked again. */
export const remembered = (memory: Memory): Memory => ({ ...memory, [remembering]: true });

/** Reads what the store gave back: nothing yet, a memory, or something of another version. */
export function parseMemory(stored: unknown): Memory | 'none' | 'outdated' {
  if (stored === undefined || stored === null) return 'none';
  if (isRemembered(stored)) return stored;
  const parsed = memorySchema.safeParse(stored);
  return parsed.success ? parsed.data : 'outdated';
}

/** The memory at the start of a turn; after 15 minutes of silence the person is forgotten, the choices are kept. */
export function wake(
  memory: Memory,
  nowMs: number,
): { readonly memory: Memory; readonly forgotten: boolean } {
  const awake = { ...memory, lastTurnMs: nowMs };
  if (nowMs - memory.lastTurnMs <= identityMs) return { memory: awake, forgotten: false };
  const { firstName, lastName, birthDate, ...choices } = memory.draft ?? {};
  const forgotten = memory.who !== undefined || (firstName ?? lastName ?? birthDate) !== undefined;
  return {
    memory: {
      ...awake,
      who: undefined,
      draft: memory.draft === undefined ? undefined : choices,
      answered: memory.answered?.filter((slot) => slot !== 'who'),
    },
    forgotten,
  };
}

/** The memory between two bookings: who, the language, and whether the last booking is unsure; nothing else. */
export const idle = (memory: Memory): Memory => ({
  v: memory.v,
  language: memory.language,
  languageChosen: memory.languageChosen,
  lastTurnMs: memory.lastTurnMs,
  who: memory.who,
  unsureUntilMs: memory.unsureUntilMs,
  asks: memory.asks,
  tapped: memory.tapped,
});

/** Empties a slot and every later one that depends on it; the doctor and the visit type stay while they still fit. */
export function reopen(draft: Draft, slot: SlotName): Draft {
  switch (slot) {
    case 'who':
      return { ...draft, firstName: undefined, lastName: undefined, birthDate: undefined };
    case 'office':
      return { ...draft, officeId: undefined, among: undefined, day: undefined, time: undefined };
    case 'doctor':
      return {
        ...draft,
        doctorId: undefined,
        among: undefined,
        anyDoctor: undefined,
        sameDoctor: undefined,
        day: undefined,
        time: undefined,
      };
    case 'visitType':
      return {
        ...draft,
        visitTypeId: undefined,
        visitName: undefined,
        maybeVisits: undefined,
        day: undefined,
        time: undefined,
      };
    case 'day':
      return { ...draft, day: undefined, time: undefined, wish: undefined };
    case 'time':
      return { ...draft, time: undefined, wish: undefined };
    case 'confirm':
      return draft;
  }
}
