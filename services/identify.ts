// From a complete claim to one chart: searches by birth date only, matches names ourselves, and bounds how often anybody may try.
import { fail, ok } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import { matchPatient } from './identity.ts';
import type { Clock, Ehr, EhrError } from './ports.ts';
import type { UseCases } from './use-cases.ts';

const hourMs = 3_600_000;
const triesPerConversation = 3;
/** Nothing was learnt of any chart: the EHR gave no answer that could be read. */
const unanswered: ReadonlySet<EhrError['kind']> = new Set([
  'unavailable',
  'throttled',
  'unknown',
  'unexpected',
]);

export interface IdentifySettings {
  /** Searches in any hour over all conversations (IDENTITY_CALLS_PER_HOUR). */
  readonly identityCallsPerHour: number;
}

/**
 * No match, several matches and a wrong birth date are one error, so that the answer tells nothing about who is a patient here.
 * A search that the EHR did not answer counts in all (it may have been a call), but not against its conversation: it told
 * nobody anything, and who taps "try again" while the EHR is down would be turned away for an hour.
 */
export function createIdentify(
  ehr: Pick<Ehr, 'patientsBornOn'>,
  clock: Pick<Clock, 'now'>,
  settings: IdentifySettings,
): UseCases['identify'] {
  // Ascending: what is past stands in front.
  const all: number[] = [];
  const tries = new Map<string, number[]>();

  const allowed = (conversationId: string): boolean => {
    const since = clock.now() - hourMs;
    const present = all.findIndex((at) => at > since);
    if (present !== 0) all.splice(0, present === -1 ? all.length : present);
    if (all.length >= settings.identityCallsPerHour) return false;
    const own = (tries.get(conversationId) ?? []).filter((at) => at > since);
    if (own.length >= triesPerConversation) return false;
    // `all` bounds how many conversations can be in here within an hour; older ones leave when the map is full.
    if (tries.size > settings.identityCallsPerHour) {
      for (const [id, times] of tries) if (times.every((at) => at <= since)) tries.delete(id);
    }
    all.push(clock.now());
    tries.set(conversationId, [...own, clock.now()]);
    return true;
  };

  const takeBack = (conversationId: string): void => {
    tries.set(conversationId, (tries.get(conversationId) ?? []).slice(0, -1));
  };

  return async (claim, conversationId) => {
    if (!allowed(conversationId)) return fail({ kind: 'too-many-tries' });
    const candidates = await ehr.patientsBornOn(claim.birthDate, 'browsing');
    if (!candidates.ok) {
      if (unanswered.has(candidates.error.kind)) takeBack(conversationId);
      return fail(failureOf(candidates.error));
    }
    const match = matchPatient(claim, candidates.value);
    if (match.kind !== 'one') return fail({ kind: 'no-match' });
    const { id, firstName, lastName, preferredLanguage } = match.patient;
    return ok({ id, name: `${firstName} ${lastName}`, firstName, preferredLanguage });
  };
}
