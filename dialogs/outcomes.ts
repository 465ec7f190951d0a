// What follows when a use case could not do its work: the sentence, and the question that gets the patient further.
import type { Booking, BookingError } from '../services/domain.ts';
import { optionsOf, phoneFor } from './lists.ts';
import { localStartOf } from './local-start.ts';
import { type Memory, withoutWho } from './memory.ts';
import { chosenId, listed, optionsFor } from './options.ts';
import type { ErrorFacts } from './phrases/index.ts';
import { reopen } from './reopen.ts';
import { type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';

/** The error in words; a policy by its rule. */
export async function errorText(turn: Turn, memory: Memory, error: BookingError): Promise<string> {
  const words = wordsFor(memory);
  const phone = await phoneFor(turn.desk, memory);
  const permission = permissionText(memory, error, phone);
  if (permission !== undefined) return permission;
  const facts: ErrorFacts = {
    phone,
    otherVisit: error.kind === 'overlaps-own' ? visitLabel(memory, error.booking) : '',
    leadMinutes: error.kind === 'outside-policy' && error.rule === 'lead-time' ? error.leadMinutes : 0,
    horizonDays:
      error.kind === 'outside-policy' && error.rule === 'horizon' ? error.horizonDays : turn.desk.horizonDays,
  };
  const isUnsure =
    error.kind === 'overlaps-own' &&
    (error.booking.status === 'pending' || error.booking.status === 'changing');
  if (isUnsure) return words.overlapsUnsure(facts);
  return error.kind === 'outside-policy'
    ? words.policy[error.rule](facts)
    : words.bookingErrors[error.kind](facts);
}

/** Names the permissions that the practice's EHR account has not given, if that is what is wrong: an empty calendar would be a lie. */
export function permissionText(memory: Memory, error: { kind: string }, phone: string): string | undefined {
  if (!isMissingPermission(error)) return undefined;
  return wordsFor(memory).missingPermission(error.fields.join(', '), phone);
}

const isMissingPermission = (
  error: object & { reason?: string; fields?: readonly string[] },
): error is { fields: readonly string[] } =>
  error.reason === 'missing-permission' && error.fields !== undefined && error.fields.length > 0;

const visitLabel = (memory: Memory, { startsAt, timeZone, doctorName }: Booking): string =>
  `${doctorName}, ${wordsFor(memory).when(localStartOf(startsAt, timeZone), timeZone)}`;

/** Nothing can be shown: says why. What time may mend gets a "try again", what the choice may mend a list of changes. */
export async function cannotLook(turn: Turn, memory: Memory, error: BookingError): Promise<Step> {
  const sentence = await errorText(turn, memory, error);
  if (error.kind === 'ehr-unavailable')
    return waitFor(memory, 'retry', sentence, optionsOf(memory, ['retry']));
  return askChange(turn, memory, sentence);
}

/** What can be changed: listed slots that have a second choice, day and time once there is a day, and everything. */
export async function askChange(turn: Turn, memory: Memory, sentence?: string): Promise<Step> {
  const draft = memory.draft ?? {};
  if (draft.moving !== undefined)
    return waitFor(
      memory,
      'change',
      sentence ?? wordsFor(memory).askChange(),
      optionsOf(memory, ['change:day', 'change:time', 'leave-it']),
    );
  const keys: string[] = [];
  const reachable = listed.filter(
    (_slot, at) => at === 0 || chosenId(draft, listed[at - 1] ?? 'office') !== undefined,
  );
  for (const slot of reachable) {
    const options = await optionsFor(turn.desk, slot, draft);
    if (!options.ok || options.value.length > 1) keys.push(`change:${slot}`);
  }
  // Five is what one text message holds: day and time are one choice, and "start over" is a word that works anyway.
  if (draft.day !== undefined)
    keys.push(...(turn.channel === 'sms' ? ['change:when'] : ['change:day', 'change:time']));
  const rest = turn.channel === 'sms' ? ['change:who'] : ['change:who', 'start-over'];
  const step = waitFor(memory, 'change', wordsFor(memory).askChange(), optionsOf(memory, [...keys, ...rest]));
  return sentence === undefined ? step : { ...step, replies: [say(memory, sentence), ...step.replies] };
}

/** The memory with one answer reopened, and taken off the way back. */
export function reopened(memory: Memory, slot: Parameters<typeof reopen>[1]): Memory {
  // Whose visit it is that is being moved, nobody else may hear.
  if (slot === 'who' && memory.draft?.moving !== undefined)
    return { ...withoutWho(memory), page: undefined, misses: undefined };
  const draft = reopen(memory.draft ?? {}, slot);
  const holds = {
    who: slot !== 'who',
    office: draft.officeId !== undefined,
    doctor: draft.doctorId !== undefined,
    visitType: draft.visitTypeId !== undefined,
    day: draft.day !== undefined,
    time: draft.time !== undefined,
    confirm: true,
  };
  return {
    ...(slot === 'who' && memory.who !== undefined ? withoutWho(memory) : memory),
    ...(slot === 'who'
      ? { challenge: undefined, claimOver: undefined, register: undefined, byName: undefined }
      : {}),
    draft,
    answered: (memory.answered ?? []).filter((answered) => holds[answered]),
    page: undefined,
    misses: undefined,
  };
}
