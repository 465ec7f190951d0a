// The edge's own idea of an activity: what we rely on is checked, everything else passes untouched.
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { fail, ok, type Result } from '../services/domain.ts';
import { isUsualActivity } from './usual-activity.ts';

// No NUL: the store's keys are made from ids, and cannot hold one. No half of a surrogate pair: in UTF-8, and so in every hash, all
// of them are one and the same character.
const id = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\0]*$/)
  .refine((text) => text.isWellFormed());
const account = z.looseObject({ id, name: z.string().max(1000).optional() });

/** What an activity must be; `usual-activity.ts` knows the common ones by sight. */
export const activityShape = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().max(2000).optional(),
  conversation: z.looseObject({ id, isGroup: z.boolean().optional() }),
  from: account,
  recipient: account.optional(),
  text: z.string().max(32_000).optional(),
  locale: z.string().max(35).optional(),
  name: z.string().max(200).optional(),
  deliveryMode: z.string().max(50).optional(),
  membersAdded: z.array(account).max(500).optional(),
  membersRemoved: z.array(account).max(500).optional(),
});

/** Times that the sender claims: the clock is ours, so they are dropped, not parsed. */
const senderTimes = new Set(['timestamp', 'localTimestamp', 'expiration']);

/**
 * Checks an incoming activity: `type`, `channelId`, `conversation.id` and `from.id` are there, and every field we
 * read has the type that we rely on. Null fields count as absent. The error is the path of the first bad field,
 * never its value.
 */
export function parseActivity(raw: unknown): Result<Activity, string> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fail('activity');
  const all = Object.entries(raw);
  const kept = all.some(isDropped) ? all.filter((entry) => !isDropped(entry)) : all;
  const present: object = kept === all ? raw : Object.fromEntries(kept);
  if (!isUsualActivity(kept)) {
    const checked = activityShape.safeParse(present);
    if (!checked.success) return fail(checked.error.issues[0]?.path.join('.') || 'activity');
  }
  return isActivity(present) ? ok(present) : fail('activity');
}

const isDropped = ([field, value]: readonly [string, unknown]): boolean =>
  value === null || senderTimes.has(field);

// The SDK's type also demands fields that most channels never send; nothing here reads those.
function isActivity(checked: object): checked is Activity {
  return 'conversation' in checked;
}

/** Names one conversation of one channel, for locks, repeats and use cases. */
export function conversationKey(activity: Activity): string {
  return `${activity.channelId}|${activity.conversation.id}`;
}
