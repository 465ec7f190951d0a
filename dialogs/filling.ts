// What filling a draft from one sentence has come to so far, and the small steps that all its parts share.

import type { Heard } from './hear.ts';
import type { Draft, Memory } from './memory.ts';
import { type listed, optionsFor } from './options.ts';
import { reopened } from './outcomes.ts';
import type { Turn } from './turn.ts';

/** What filling has come to: the draft so far, what to say back, sentences about what could not be taken. */
export interface Filling {
  readonly memory: Memory;
  readonly parts: readonly string[];
  readonly notes: readonly string[];
}

export type Take = (turn: Turn, filling: Filling, said: Heard) => Promise<Filling> | Filling;

export const answered = (memory: Memory, draft: Draft, slot: (typeof listed)[number]): Memory => ({
  ...memory,
  draft,
  page: undefined,
  answered: [...(memory.answered ?? []).filter((other) => other !== slot), slot],
});

/** A thing that is now asked for by name is wanted after all. */
export const wanted = (draft: Draft, id: string): Draft =>
  draft.unwanted === undefined
    ? draft
    : { ...draft, unwanted: draft.unwanted.filter((other) => other !== id) };

export async function nameOf(turn: Turn, slot: 'office' | 'doctor', id: string): Promise<string> {
  const options = await optionsFor(turn.desk, slot, {});
  return (options.ok ? options.value.find(({ key }) => key === id)?.label : undefined) ?? '';
}

/** Several fit equally well: the slot is open again, and its list is of these. */
export function narrowed(memory: Memory, slot: 'office' | 'doctor', ids: readonly string[]): Memory {
  const open = reopened(memory, slot);
  return { ...open, draft: { ...open.draft, among: [...ids] } };
}
