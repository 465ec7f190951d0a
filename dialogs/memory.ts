// What a conversation remembers between turns: answers by slot name, the list just shown, who was identified. JSON-safe, small, versioned.
import { z } from 'zod';
import { reopen } from './reopen.ts';
import {
  registerSchema,
  seenVisitSchema,
  shownVisitSchema,
  taskQuestions,
  taskSchema,
  undoSchema,
  type Wish,
  wishSchema,
} from './task-memory.ts';

/** Raise it when a stored memory could be misread; a memory of another version is discarded and said so. */
const version = 1;
/** The questions, in the order in which they are asked; `who` asks for the name, then for the date of birth. */
export const slots = ['who', 'office', 'doctor', 'visitType', 'day', 'time', 'confirm'] as const;
export type SlotName = (typeof slots)[number];

const draftSchema = z.object({
  firstName: z.string().optional(),
  /** Without a first name: the one word of a name that was given alone. */
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
  /** The visit that is to be moved to the day and time of this draft: no new one is booked. */
  moving: shownVisitSchema.optional(),
  /** The EHR has been asked about the patient's other visits of a day: once a booking is enough. */
  ownDayRead: z.literal(true).optional(),
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
  asked: z.enum([...slots, ...taskQuestions, 'change', 'start-over', 'retry']).optional(),
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
  /** What this is about, if it is no booking. */
  task: taskSchema.optional(),
  /** The booking that was under way when something else came between: it goes on afterwards. */
  aside: draftSchema.optional(),
  /** Open times are being looked at, by nobody in particular yet. */
  looking: z.literal(true).optional(),
  /** The part of a provider's agenda that was shown last. */
  agenda: z.enum(['today', 'tomorrow', 'next', 'week']).optional(),
  /** Somebody else than those whom the account has proven: asked for by name and birth date. */
  byName: z.literal(true).optional(),
  /** The code that was asked for. */
  challenge: z.string().optional(),
  /** The claim has come to nothing: it is not made again unasked. */
  claimOver: z.literal(true).optional(),
  register: registerSchema.optional(),
  /** The appointment booked or moved last here: what "cancel it" means. */
  latest: z.string().optional(),
  /** The visit called off last, while that can be taken back. */
  undo: undoSchema.optional(),
  /** The patient's visits as they were read last here. */
  seen: z.array(seenVisitSchema).optional(),
  /** What was wished beside what is being done, in the patient's own words: health data, so never logged; gone once offered. */
  second: z.object({ text: z.string(), when: z.enum(['over', 'shown', 'done']) }).optional(),
  /** The version of the notice on privacy that was shown. */
  noticed: z.string().optional(),
});

export type { Wish };
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
export const remembered = (memory: Memory): Memory =>
  memory[remembering] === true ? memory : { ...memory, [remembering]: true };

/** Reads what the store gave back: nothing yet, a memory, or something of another version. */
export function parseMemory(stored: unknown): Memory | 'none' | 'outdated' {
  if (stored === undefined || stored === null) return 'none';
  if (isRemembered(stored)) return stored;
  const parsed = memorySchema.safeParse(stored);
  return parsed.success ? parsed.data : 'outdated';
}

/** The memory at the start of a turn; after `sessionMinutes` of silence the person is forgotten, the choices are kept. */
export function wake(
  memory: Memory,
  nowMs: number,
  sessionMinutes: number,
): { readonly memory: Memory; readonly forgotten: boolean } {
  const awake = { ...memory, lastTurnMs: nowMs };
  if (nowMs - memory.lastTurnMs <= sessionMinutes * 60_000) return { memory: awake, forgotten: false };
  const { firstName, lastName, birthDate } = memory.draft ?? {};
  const forgotten = memory.who !== undefined || (firstName ?? lastName ?? birthDate) !== undefined;
  return { memory: withoutWho(awake), forgotten };
}

/** The memory without the person, and without anything that was shown or asked because of who it is. */
export function withoutWho(memory: Memory): Memory {
  const { task, draft } = memory;
  const isMove = draft?.moving !== undefined;
  return {
    ...memory,
    who: undefined,
    byName: undefined,
    challenge: undefined,
    claimOver: undefined,
    register: undefined,
    undo: undefined,
    latest: undefined,
    seen: undefined,
    unsureUntilMs: undefined,
    second: undefined,
    draft: draft === undefined || isMove ? undefined : reopen(draft, 'who'),
    task: task === undefined ? (isMove ? { kind: 'move' } : undefined) : { kind: task.kind },
    answered: memory.answered?.filter((slot) => slot !== 'who'),
  };
}

/** What was claimed is forgotten; what was chosen about the visit stays. */
export function withoutClaim(memory: Memory): Memory {
  const { firstName: _f, lastName: _l, birthDate: _b, ...choices } = memory.draft ?? {};
  return { ...memory, draft: choices };
}

/** Somebody identified has picked a time: what is held for them then, and only then. */
export const hasPicked = ({ who, draft }: Memory): boolean =>
  who !== undefined && draft?.doctorId !== undefined && draft.day !== undefined && draft.time !== undefined;

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
  noticed: memory.noticed,
  latest: memory.latest,
  second: memory.second,
});
