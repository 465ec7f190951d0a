// GET /api/appointments: the visits on our own books, each marked with when the EHR last agreed.
import type { Booking } from '../services/domain.ts';
import type { Clock, Json } from '../services/ports.ts';
import type { RecordedQuery, UseCases } from '../services/use-cases.ts';
import { addDays, dayOf, msOf, wallTimeOf } from '../services/wall-time.ts';
import { type Answer, invalidRequest, missingFields } from './rest-answers.ts';
import { recordedQuery, wireId } from './rest-schema.ts';

const mostDays = 366;

/** `?doctor=&from=&to=` or `?patient=` (from today, for a year, unless told): ids and times, no names of patients. */
export async function recordedAnswer(
  useCases: Pick<UseCases, 'recorded'>,
  clock: Pick<Clock, 'now'>,
  params: URLSearchParams,
): Promise<Answer> {
  const query = recordedQuery.safeParse(Object.fromEntries(params));
  if (!query.success)
    return invalidRequest(query.error.issues.map((issue) => issue.path.map(String).join('.')));
  const { doctor, patient, from, to } = query.data;
  if (doctor !== undefined && patient !== undefined)
    return invalidRequest(['doctor and patient exclude each other']);
  if (patient !== undefined) {
    // The office may still be living yesterday when it is today in UTC.
    const first = from ?? addDays(dayOf(clock.now(), 'Etc/UTC'), -1);
    return list(useCases, { owner: { patient }, fromDate: first, toDate: to ?? addDays(first, mostDays) });
  }
  if (doctor === undefined) return missingFields(['doctor or patient']);
  if (from === undefined || to === undefined)
    return missingFields([...(from === undefined ? ['from'] : []), ...(to === undefined ? ['to'] : [])]);
  return list(useCases, { owner: { doctor }, fromDate: from, toDate: to });
}

async function list(useCases: Pick<UseCases, 'recorded'>, query: RecordedQuery): Promise<Answer> {
  if (query.toDate < query.fromDate || addDays(query.fromDate, mostDays) < query.toDate)
    return invalidRequest(['from', 'to']);
  return { status: 200, body: { appointments: (await useCases.recorded(query)).map(row) } };
}

function row(booking: Booking): Json {
  const appointment = 'appointment' in booking ? booking.appointment : null;
  return {
    appointmentId: appointment,
    status: booking.status,
    ehrStatus: booking.ehrStatus,
    patientid: wireId(booking.patientId),
    doctorid: wireId(booking.doctorId),
    officeid: wireId(booking.officeId),
    scheduled_time: wallTimeOf(msOf(booking.startsAt), booking.timeZone),
    timeZone: booking.timeZone,
    duration: booking.durationMinutes,
    provider: booking.doctorName,
    ehrAgreedAt: appointment === null ? null : booking.updatedAt,
  };
}
