// What a conversation remembers between turns: answers by slot name, the list just shown, who was identified. JSON-safe, small, versioned.
import { z } from 'zod';

/** Raise it when a stored memory could be misread; a memory of another version is discarded and said so. */
const version = 1;
/** How long an identity, or half of a claim, outlives the last turn. */
const identityMs = 15 * 60_000;

/** The questions, in the order in which they are asked; `who` asks for the name, then for the date of birth. */
export const slots = ['who', 'office', 'doctor', 'visitType', 'day', 'time', 'confirm'] as const;
export type SlotName = (typeof slots)[number];

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
  /** The last booking is neither confirmed nor refused; until its news has been said. */
  unsureUntilMs: z.number().optional(),
});

export type Draft = z.infer<typeof draftSchema>;
export type Memory = z.infer<typeof memorySchema>;

export const newMemory = (language: Memory['language'], nowMs: number): Memory => ({
  v: version,
  language,
  lastTurnMs: nowMs,
});

/** Reads what the store gave back: nothing yet, a memory, or something of another version. */
export function parseMemory(stored: unknown): Memory | 'none' | 'outdated' {
  if (stored === undefined || stored === null) return 'none';
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
export const idle = ({ v, language, languageChosen, lastTurnMs, who, unsureUntilMs }: Memory): Memory => ({
  v,
  language,
  languageChosen,
  lastTurnMs,
  who,
  unsureUntilMs,
});

/** Empties a slot and every later one that depends on it; the doctor and the visit type stay while they still fit. */
export function reopen(draft: Draft, slot: SlotName): Draft {
  switch (slot) {
    case 'who':
      return { ...draft, firstName: undefined, lastName: undefined, birthDate: undefined };
    case 'office':
      return { ...draft, officeId: undefined, day: undefined, time: undefined };
    case 'doctor':
      return { ...draft, doctorId: undefined, day: undefined, time: undefined };
    case 'visitType':
      return { ...draft, visitTypeId: undefined, day: undefined, time: undefined };
    case 'day':
      return { ...draft, day: undefined, time: undefined };
    case 'time':
      return { ...draft, time: undefined };
    case 'confirm':
      return draft;
  }
}
