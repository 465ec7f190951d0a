// Buttons carry a mark: which question of which conversation they answer. Written into what a tap sends, and read back.
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Choice, Question, Tap } from '../dialogs/reply.ts';

/** What a button carries beside its words; empty where it belongs to no question. */
export const markOf = (question: Question | undefined, { key }: Choice): { readonly bookadoc?: Tap } =>
  question === undefined ? {} : { bookadoc: { step: question.step, nonce: question.nonce, key } };

const tapSchema = z.object({
  step: z.string().regex(/^[\w:.-]{1,40}$/),
  nonce: z.string().regex(/^[\w-]{1,64}$/),
  key: z.string().min(1).max(200),
});
const marked = z.object({ bookadoc: tapSchema });

/**
 * The mark in what a tap sent, on any channel: `activity.value.bookadoc`, the mark itself as `value`, or either as JSON in a
 * string (Teams hands a messageBack's value back as it was given). Anybody can send anything here: what is malformed is no tap.
 */
export function readTap(activity: Pick<Activity, 'value'>): Tap | undefined {
  if (activity.value === undefined) return undefined; // Nearly all of them.
  const value: unknown = typeof activity.value === 'string' ? parsed(activity.value) : activity.value;
  const inside = marked.safeParse(value);
  if (inside.success) return inside.data.bookadoc;
  const bare = tapSchema.safeParse(value);
  return bare.success ? bare.data : undefined;
}

function parsed(text: string): unknown {
  if (text.length > 1000 || !text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const speaking = z.object({ says: z.string().min(1).max(500) });

/** The activity as the patient said it: a button that could not say its words in the patient's name has them in its data. */
export function withTappedText(activity: Activity): Activity {
  if (activity.type !== 'message' || activity.value === undefined || activity.text) return activity;
  const tapped = speaking.safeParse(activity.value);
  return tapped.success ? { ...activity, text: tapped.data.says } : activity;
}
