// What REST says: a booking's outcome and every error as a status and a body.

import { confirmationOf } from '../services/confirmation.ts';
import type { BookingError, ConfirmedBooking, Result, Slot } from '../services/domain.ts';
import type { Json } from '../services/ports.ts';
import { wireId } from './rest-schema.ts';

export interface Answer {
  readonly status: number;
  readonly body: { readonly [field: string]: Json };
}

const errors = {
  'missing-fields': [400, 'Required fields are missing.'],
  'slot-taken': [409, 'This time is no longer free.'],
  'outside-policy': [422, 'The practice does not offer this.'],
  'patient-not-found': [404, 'There is no such patient.'],
  'patient-ambiguous': [422, 'More than one patient matches.'],
  'overlaps-own': [409, 'The patient has another visit at this time, or one that is not confirmed yet.'],
  'booking-not-found': [404, 'There is no such booking.'],
  'already-cancelled': [409, 'This booking was cancelled before.'],
  'ehr-refused': [422, "The practice's records refused this request."],
  'ehr-unavailable': [500, "The practice's records cannot be reached now. Nothing was booked."],
  unconfirmed: [
    500,
    'Whether this was booked is not certain yet. Do not book another time: repeat this request later, under a new Idempotency-Key if it had one.',
  ],
} as const satisfies Record<BookingError['kind'], readonly [status: number, message: string]>;

const rules = {
  past: 'This time has passed.',
  'lead-time': 'This time is too soon to book.',
  horizon: 'This time is too far ahead to book.',
  'not-bookable-here': 'This doctor cannot be booked at this office.',
  'no-time-zone': 'No time zone is known for this office.',
  'impossible-time': 'This time does not exist, or exists twice, on that day.',
  'not-offered': 'The practice does not offer this time.',
  'unknown-visit-type': 'There is no such appointment type for this doctor.',
  duration: 'This duration is not offered.',
} as const satisfies Record<Extract<BookingError, { kind: 'outside-policy' }>['rule'], string>;

/** 201 and the specification's confirmation, or the error's own status. */
export function bookingAnswer(outcome: Result<ConfirmedBooking, BookingError>): Answer {
  if (!outcome.ok) return errorAnswer(outcome.error);
  const { message, appointmentDetails } = confirmationOf(outcome.value);
  return { status: 201, body: { message, appointmentDetails: { ...appointmentDetails } } };
}

/** `{error, message, missing?, alternatives?}`; no value that was sent, and nothing of anybody's chart. */
export function errorAnswer(error: BookingError): Answer {
  if (error.kind === 'missing-fields') return missingFields(error.fields);
  const [status, message] = errors[error.kind];
  const alternatives = 'alternatives' in error ? error.alternatives : undefined;
  return {
    status,
    body: {
      error: error.kind,
      message: error.kind === 'outside-policy' ? rules[error.rule] : (missingScopes(error) ?? message),
      ...(alternatives === undefined ? {} : { alternatives: alternatives.map(alternative) }),
    },
  };
}

/** Names the permissions that the practice's account has not given: only the operator can mend that. */
function missingScopes(error: BookingError): string | undefined {
  if (error.kind !== 'ehr-refused' || error.reason !== 'missing-permission') return undefined;
  if (error.fields === undefined || error.fields.length === 0) return undefined;
  return `The practice's EHR account does not give the permission ${error.fields.join(', ')}, so nothing can be booked.`;
}

/** 400, naming the fields that the request cannot do without. */
export function missingFields(missing: readonly string[]): Answer {
  const [status, message] = errors['missing-fields'];
  return { status, body: { error: 'missing-fields', message, missing } };
}

/** A request that could not be read; `fields` names where, never what. */
export function invalidRequest(fields: readonly string[]): Answer {
  const named = [...new Set(fields)].filter((field) => field !== '').join(', ');
  const message = named === '' ? 'Send a JSON object.' : `Malformed: ${named}.`;
  return { status: 400, body: { error: 'invalid-request', message } };
}

function alternative(slot: Slot): Json {
  return {
    scheduled_time: slot.localStart,
    doctorid: wireId(slot.doctorId),
    officeid: wireId(slot.officeId),
    duration: slot.durationMinutes,
  };
}
