// What an EHR error means to somebody who was only looking, or whose create was refused; pure.
import type { BookingError } from './domain.ts';
import type { EhrError } from './ports.ts';

type Failure = Extract<BookingError, { kind: 'ehr-unavailable' | 'ehr-refused' }>;

/** For reads, and for creates of which it is certain that nothing was created. */
export function failureOf(error: EhrError): Failure {
  switch (error.kind) {
    case 'throttled':
      return { kind: 'ehr-unavailable', retryAfterSeconds: error.retryAfterSeconds };
    case 'unavailable':
    case 'unknown':
    case 'unexpected':
    case 'unauthorized':
      return { kind: 'ehr-unavailable' };
    case 'forbidden':
      return { kind: 'ehr-refused', reason: 'missing-permission', fields: error.missingScopes };
    case 'refused':
      return { kind: 'ehr-refused', reason: 'invalid', fields: error.fields };
    case 'not-found':
      return { kind: 'ehr-refused', reason: 'not-found' };
    case 'conflict':
      return { kind: 'ehr-refused', reason: 'conflict' };
  }
}
