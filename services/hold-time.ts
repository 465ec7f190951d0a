// Use case: the time that an identified patient has picked is held while they read the check, or somebody else has it already.
import { alternatives } from './booking-attempt.ts';
import { checkRequest, heldVisitOf } from './booking-check.ts';
import type { BookingCase } from './booking-settle.ts';
import { fail, ok } from './domain.ts';
import type { UseCases } from './use-cases.ts';

/** No EHR call unless it is refused: then one for the alternatives, if no fresh availability is at hand. */
export function createHold(deps: BookingCase): UseCases['hold'] {
  return async (request) => {
    const { patientId, conversationId } = request;
    if (patientId === undefined || conversationId === undefined) return ok(undefined);
    const wanted = await checkRequest(deps, request);
    // What is wrong with it is for the booking to say.
    if (!wanted.ok) return ok(undefined);
    if (await deps.holds.take(heldVisitOf(wanted.value), { patientId, conversationId })) return ok(undefined);
    return fail({ kind: 'slot-taken', alternatives: await alternatives(deps, wanted.value) });
  };
}
