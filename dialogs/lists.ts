// Open times, and lists as they are shown: pages, and labels in the conversation's language.
import {
  type BookingError,
  doctorId,
  type Office,
  officeId,
  patientId,
  type Result,
  visitTypeId,
} from '../services/domain.ts';
import type { AnyDoctorOffer, Offer } from '../services/use-cases.ts';
import type { Option } from './choose.ts';
import { labelOf } from './labels.ts';
import type { Memory } from './memory.ts';
import { type Desk, type Turn, wordsFor } from './turn.ts';

/** Open times for a memory whose listed slots are settled; with "any doctor", those of several and whose they are; for a move, that visit's. */
export function openTimes(
  { desk, conversationId }: Turn,
  { draft = {}, who }: Memory,
): Promise<Result<Pick<Offer, 'slots' | 'timeZone'> & Partial<AnyDoctorOffer>, BookingError>> {
  if (draft.moving !== undefined) {
    const { doctorId: doctor, officeId: at, startsAt, durationMinutes } = draft.moving;
    return desk.useCases.timesForMove({
      patientId: patientId(who?.id ?? ''),
      doctorId: doctorId(doctor),
      officeId: officeId(at),
      startsAt,
      durationMinutes,
    });
  }
  const office = officeId(draft.officeId ?? '');
  const holder = { conversationId, ...(who === undefined ? {} : { patientId: patientId(who.id) }) };
  if (draft.anyDoctor === true)
    return desk.useCases.openTimesOfAny({
      officeId: office,
      ...(draft.visitName === undefined ? {} : { visitName: draft.visitName }),
      holder,
    });
  return desk.useCases.openTimes({
    officeId: office,
    doctorId: doctorId(draft.doctorId ?? ''),
    ...(draft.visitTypeId === undefined ? {} : { visitTypeId: visitTypeId(draft.visitTypeId) }),
    holder,
  });
}

/** Choices in one message: what a phone's text message can hold (five with "earlier" and "another day"), or a screen. */
export const pageSize = ({ channel }: Turn, asked?: Memory['asked']): number =>
  channel === 'sms' ? (asked === 'time' ? 3 : 4) : asked === 'visit' ? 5 : 6;

/** One page of a long list, with the ways on and back. */
export function pageOf(keys: readonly string[], from: number, size: number): readonly string[] {
  const start = Math.max(0, Math.min(from, keys.length - 1));
  return [
    ...keys.slice(start, start + size),
    ...(start + size < keys.length ? ['more'] : []),
    ...(start > 0 ? ['earlier'] : []),
  ];
}

/** A list of the directory's: whole on a screen; on a phone at most five, with the ways on and back. */
export function pageOfListed(turn: Turn, options: readonly Option[], memory: Memory): readonly Option[] {
  if (turn.channel !== 'sms' || options.length <= 5) return options;
  const keys = pageOf(
    options.map(({ key }) => key),
    memory.page ?? 0,
    pageSize(turn),
  );
  const known = new Map(options.map((option) => [option.key, option]));
  return keys.flatMap((key) => known.get(key) ?? optionsOf(memory, [key]));
}

/** The memory on the page that "more" or "earlier" leads to; outside of a paged list both lead to its first page. */
export function turnedPage(turn: Turn, memory: Memory, key: string): Memory {
  const size = pageSize(turn, memory.asked);
  const step = memory.shown?.includes(key) === true ? (key === 'more' ? size : -size) : 0;
  return { ...memory, page: Math.max(0, (memory.page ?? -step) + step), misses: undefined };
}

/** Options for keys that carry their own meaning: days, wall times (always with their day), and words of ours. */
export function optionsOf(memory: Memory, keys: readonly string[]): readonly Option[] {
  const words = wordsFor(memory);
  return keys.map((key) => ({ key, label: labelOf(key, words) }));
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
