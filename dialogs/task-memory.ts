// What a conversation remembers of everything but the booking under way: visits on file, a code that was asked for, a new patient.
import { z } from 'zod';

/** What was said about day and time before it could be held against open times. Both days are included; minutes are after midnight. */
export const wishSchema = z.object({
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
export type Wish = z.infer<typeof wishSchema>;

/** Told from the visit that is moved: so many days and minutes later (0 minutes: at the same time). */
export const shiftSchema = z.object({ days: z.number().optional(), minutes: z.number().optional() });
export type Shift = z.infer<typeof shiftSchema>;

/** A visit as it was shown: acting on it needs it to be still so. */
export const shownVisitSchema = z.object({
  appointment: z.string(),
  doctorId: z.string(),
  doctorName: z.string(),
  officeId: z.string(),
  officeName: z.string(),
  startsAt: z.string(),
  localStart: z.string(),
  timeZone: z.string(),
  durationMinutes: z.number(),
  visitTypeId: z.string().optional(),
  state: z.enum([
    'booked',
    'confirmed',
    'arrived',
    'in-session',
    'complete',
    'no-show',
    'cancelled',
    'rescheduled',
    'other',
  ]),
  changeable: z.boolean(),
  tooLateMinutes: z.number().optional(),
});

/** Of the patient's visits that were read in this conversation, what tells that another one is on the same day. */
export const seenVisitSchema = shownVisitSchema.pick({
  appointment: true,
  doctorName: true,
  startsAt: true,
  localStart: true,
  timeZone: true,
  durationMinutes: true,
});
export type SeenVisit = z.infer<typeof seenVisitSchema>;
export type ShownVisit = z.infer<typeof shownVisitSchema>;

/** What the conversation is about while it is not a booking. */
export const taskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['see', 'cancel', 'move']),
    /** As the practice's system had them when they were read. */
    visits: z.array(shownVisitSchema).optional(),
    /** So many more of which nobody here can say when they are. */
    untimed: z.number().optional(),
    /** They are our own records: when the practice's system last agreed. */
    asOf: z.string().optional(),
    /** The appointment that was picked. */
    chosen: z.string().optional(),
    /** What the sentence said of the visit meant: its doctors, its office, its day and time. */
    about: z
      .object({
        doctors: z.array(z.string()).optional(),
        office: z.string().optional(),
        when: wishSchema.optional(),
      })
      .optional(),
    /** When it is to be instead. */
    wish: wishSchema.optional(),
    shift: shiftSchema.optional(),
  }),
  z.object({ kind: z.enum(['show-data', 'delete-data']) }),
]);
export type Task = z.infer<typeof taskSchema>;
export type VisitTask = Extract<Task, { kind: 'see' | 'cancel' | 'move' }>;

/** A new patient on the way to a chart; name and birth date are the draft's. */
export const registerSchema = z.object({
  phone: z.string().optional(),
  email: z.string().optional(),
  challenge: z.string().optional(),
  proven: z.literal(true).optional(),
  gender: z.enum(['Male', 'Female', 'Other', 'UNK', 'ASKU']).optional(),
});

export const undoSchema = z.object({
  visit: shownVisitSchema,
  untilMs: z.number(),
  /** Which of the conversation's lists its button stands in: those of older ones are about other visits. */
  list: z.number().optional(),
});

/** Questions beside those of a booking, by name. */
export const taskQuestions = [
  'code',
  'person',
  'ways-on',
  'contact',
  'contact-code',
  'gender',
  'register',
  'visit',
  'act',
  'cancel',
  'delete-data',
] as const;
export type TaskQuestion = (typeof taskQuestions)[number];
