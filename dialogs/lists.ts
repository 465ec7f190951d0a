// The lists a patient chooses from: offices, doctors, visit types, days, times; as options with labels in the conversation's language.
import {
  type BookingError,
  doctorId,
  type Office,
  officeId,
  ok,
  type Result,
  visitTypeId,
} from '../services/domain.ts';
import type { BrowseError, Offer } from '../services/use-cases.ts';
import type { Option } from './choose.ts';
import type { Draft, Memory } from './memory.ts';
import type { Phrases } from './phrases/index.ts';
import { type Desk, type Turn, wordsFor } from './turn.ts';

/** Slots that are answered by an id out of the practice's directory, in the order of their dependence. */
export const listed = ['office', 'doctor', 'visitType'] as const;
export type ListedSlot = (typeof listed)[number];

const idField = { office: 'officeId', doctor: 'doctorId', visitType: 'visitTypeId' } as const;

export const chosenId = (draft: Draft, slot: ListedSlot): string | undefined => draft[idField[slot]];

/** The draft with one listed slot answered; another office, doctor or kind of visit has other times. */
export const withChoice = (draft: Draft, slot: ListedSlot, id: string | undefined): Draft =>
  draft[idField[slot]] === id ? draft : { ...draft, [idField[slot]]: id, day: undefined, time: undefined };

/** Labels that read alike get what tells them apart, and a number where nothing does. */
function distinct(items: readonly { key: string; label: string; detail: string }[]): readonly Option[] {
  const seen = new Map<string, number>();
  return items.map(({ key, label, detail }) => {
    const isShared = items.filter((other) => other.label === label).length > 1;
    const full = isShared && detail !== '' ? `${label} (${detail})` : label;
    const count = (seen.get(full) ?? 0) + 1;
    seen.set(full, count);
    return { key, label: count === 1 ? full : `${full} ${count}` };
  });
}

/** What can be chosen for a slot, given the earlier answers. Visit types may be none at all. */
export async function optionsFor(
  desk: Desk,
  slot: ListedSlot,
  draft: Draft,
): Promise<Result<readonly Option[], BrowseError>> {
  const { directory } = desk.useCases;
  if (slot === 'office') {
    const offices = await directory.offices();
    if (!offices.ok) return offices;
    return ok(
      distinct(
        offices.value.map(({ id, name, address, city }) => ({
          key: id,
          label: name || city,
          detail: address,
        })),
      ),
    );
  }
  if (slot === 'doctor') {
    const doctors = await directory.doctorsAt(officeId(draft.officeId ?? ''));
    if (!doctors.ok) return doctors;
    return ok(
      distinct(doctors.value.map(({ id, name, specialty }) => ({ key: id, label: name, detail: specialty }))),
    );
  }
  const types = await directory.visitTypesOf(doctorId(draft.doctorId ?? ''));
  if (!types.ok) return types;
  return ok(
    distinct(
      types.value.map(({ id, name, durationMinutes }) => ({
        key: id,
        label: name,
        detail: `${durationMinutes} min`,
      })),
    ),
  );
}

export type Settled =
  | { readonly kind: 'settled'; readonly draft: Draft }
  | {
      readonly kind: 'open';
      readonly slot: ListedSlot;
      readonly draft: Draft;
      readonly options: readonly Option[];
    }
  | { readonly kind: 'nothing'; readonly slot: ListedSlot; readonly draft: Draft }
  | { readonly kind: 'error'; readonly error: BrowseError; readonly draft: Draft };

/**
 * Fills every listed slot that has only one choice and drops answers that are on offer no more, up to the first that
 * the patient must be asked. A practice without visit types goes without one.
 */
export async function settle(desk: Desk, start: Draft): Promise<Settled> {
  let draft = start;
  for (const slot of listed) {
    const options = await optionsFor(desk, slot, draft);
    if (!options.ok) return { kind: 'error', error: options.error, draft };
    const [only, second] = options.value;
    const chosen = chosenId(draft, slot);
    if (chosen !== undefined && options.value.some(({ key }) => key === chosen)) continue;
    if (only === undefined && slot !== 'visitType') return { kind: 'nothing', slot, draft };
    draft = withChoice(draft, slot, second === undefined ? only?.key : undefined);
    if (second !== undefined) return { kind: 'open', slot, draft, options: options.value };
  }
  return { kind: 'settled', draft };
}

/** Open times for a draft whose listed slots are settled. */
export function openTimes(desk: Desk, draft: Draft): Promise<Result<Offer, BookingError>> {
  return desk.useCases.openTimes({
    officeId: officeId(draft.officeId ?? ''),
    doctorId: doctorId(draft.doctorId ?? ''),
    ...(draft.visitTypeId === undefined ? {} : { visitTypeId: visitTypeId(draft.visitTypeId) }),
  });
}

/** Choices in one message: what a phone's text message can hold, or a screen. The last two are for paging. */
export const pageSize = (turn: Turn): number => (turn.channel === 'sms' ? 4 : 6);

/** One page of a long list, with the ways on and back. */
export function pageOf(keys: readonly string[], from: number, size: number): readonly string[] {
  const start = Math.max(0, Math.min(from, keys.length - 1));
  return [
    ...keys.slice(start, start + size),
    ...(start + size < keys.length ? ['more'] : []),
    ...(start > 0 ? ['earlier'] : []),
  ];
}

const fixedLabels: Readonly<Record<string, (words: Phrases) => string>> = {
  yes: (words) => words.yesLabel(),
  no: (words) => words.noLabel(),
  more: (words) => words.moreLabel(),
  earlier: (words) => words.earlierLabel(),
  'other-day': (words) => words.otherDayLabel(),
  retry: (words) => words.retryLabel(),
  'start-over': (words) => words.startOverLabel(),
  'keep-going': (words) => words.keepGoingLabel(),
  'change:office': (words) => words.changeLabel('office'),
  'change:doctor': (words) => words.changeLabel('doctor'),
  'change:visitType': (words) => words.changeLabel('visitType'),
  'change:day': (words) => words.changeLabel('day'),
  'change:time': (words) => words.changeLabel('time'),
  'change:who': (words) => words.changeLabel('who'),
};

/** Options for keys that carry their own meaning: days, wall times (always with their day), and words of ours. */
export function optionsOf(memory: Memory, keys: readonly string[]): readonly Option[] {
  const words = wordsFor(memory);
  return keys.map((key) => ({ key, label: labelOf(key, words) }));
}

function labelOf(key: string, words: Phrases): string {
  const fixed = fixedLabels[key];
  if (fixed !== undefined) return fixed(words);
  return key.length === 10 ? words.day(key) : words.dayAndTime(key);
}

/** Name and address, as the confirmation reads it. */
export const officeLine = ({ name, address, city }: Office): string =>
  [...new Set([name, address, city])].filter(Boolean).join(', ');

/** The chosen office's phone, or the practice's, or any office's; "the office" where the EHR names no phone at all. */
export async function phoneFor(desk: Desk, memory: Memory, draft = memory.draft): Promise<string> {
  const { phone } = desk.practice;
  if (draft?.officeId === undefined && phone !== '') return phone;
  const offices = await desk.useCases.directory.offices();
  const known = offices.ok ? offices.value : [];
  const office = known.find(({ id }) => id === draft?.officeId);
  const anyOther = known.find((other) => other.phone !== '');
  return office?.phone || phone || anyOther?.phone || wordsFor(memory).theOffice();
}

export const isDay = (key: string): boolean => /^\d{4}-\d\d-\d\d$/.test(key);
export const isStart = (key: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(key);
