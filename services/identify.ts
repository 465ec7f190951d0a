// From a complete claim to one chart: searches by birth date only, matches names ourselves, and bounds how often anybody may try.
import { type Chart, fail, ok, type Patient, type Result } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import { matchPatient } from './identity.ts';
import type { Ehr, EhrError } from './ports.ts';
import type { Tries } from './tries.ts';
import type { Claim, IdentifiedPatient, IdentifyError } from './use-cases.ts';

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

/** The one active chart that the claim fits; undefined where there is none, or more than one. */
export type ChartSearch = (
  claim: Claim,
  conversationId: string,
) => Promise<Result<Chart | undefined, Exclude<IdentifyError, { kind: 'no-match' }>>>;

/**
 * A search that the EHR did not answer counts in all (it may have been a call), but not against its conversation: it told
 * nobody anything, and who taps "try again" while the EHR is down would be turned away for an hour.
 */
export function createChartSearch(ehr: Pick<Ehr, 'patientsBornOn'>, tries: Tries): ChartSearch {
  return async (claim, conversationId) => {
    if (!tries.allowed(conversationId)) return fail({ kind: 'too-many-tries' });
    const charts = await ehr.patientsBornOn(claim.birthDate, 'browsing');
    if (!charts.ok) {
      if (unanswered.has(charts.error.kind)) tries.takeBack(conversationId);
      return fail(failureOf(charts.error));
    }
    const match = matchPatient(
      claim,
      charts.value.map(({ patient }) => patient),
    );
    return ok(
      match.kind === 'one' ? charts.value.find(({ patient }) => patient === match.patient) : undefined,
    );
  };
}

/**
 * No match, several matches and a wrong birth date are one error, so that the answer tells nothing about who is a patient here.
 */
export function createIdentify(
  search: ChartSearch,
): (claim: Claim, conversationId: string) => Promise<Result<IdentifiedPatient, IdentifyError>> {
  return async (claim, conversationId) => {
    const found = await search(claim, conversationId);
    if (!found.ok) return found;
    return found.value === undefined ? fail({ kind: 'no-match' }) : ok(identified(found.value.patient));
  };
}

/** A chart as the conversation knows it. */
export const identified = ({ id, firstName, lastName, preferredLanguage }: Patient): IdentifiedPatient => ({
  id,
  name: `${firstName} ${lastName}`,
  firstName,
  preferredLanguage,
});
