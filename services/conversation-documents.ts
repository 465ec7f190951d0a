// What the services read of a conversation's state on disk: who is known in it, who somebody claims to be, and when they wrote last.
import { z } from 'zod';
import type { Document } from './ports.ts';
import type { Claim } from './use-cases.ts';

const filled = z.string().min(1);
const conversation = z.object({
  memory: z.object({
    lastTurnMs: z.number(),
    who: z.object({ id: z.string() }).optional(),
    draft: z.unknown().optional(),
    register: z.object({ challenge: z.string().optional() }).optional(),
  }),
});
const wholeClaim = z.object({ firstName: filled, lastName: filled, birthDate: filled });

/** When somebody wrote last; undefined where the state has no memory. */
export const lastTurnMsIn = (document: Document): number | undefined =>
  conversation.safeParse(document).data?.memory.lastTurnMs;

/** The patient who is identified in a conversation, as its memory has it; a blank is somebody who was forgotten. */
export const patientOfConversation = (document: Document): string | undefined =>
  conversation.safeParse(document).data?.memory.who?.id || undefined;

/** Somebody half-way through saying who they are: the whole claim, and the contact's code that a new patient was asked for. Undefined: nobody is. */
export function claimInConversation(
  document: Document,
): { readonly claim: Claim; readonly contactChallenge: string | undefined } | undefined {
  const memory = conversation.safeParse(document).data?.memory;
  const claim = wholeClaim.safeParse(memory?.draft).data;
  return claim === undefined ? undefined : { claim, contactChallenge: memory?.register?.challenge };
}
