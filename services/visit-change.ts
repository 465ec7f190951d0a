// A change of a visit, begun: on disk before anything is sent, so that a crash leaves it to reconcile. `visit-change-end.ts` ends it.
import type { Audit } from './audit.ts';
import type { BookingCase } from './booking-settle.ts';
import { doctorDayLock, factsOf, idOf, keyText, refOfRow } from './bookings.ts';
import { numbered, type StoredBooking, sequenceOf } from './documents.ts';
import type { Appointment, Booking, BookingFacts, ChangingBooking, VisitChange } from './domain.ts';
import type { OfferSettings } from './offer.ts';
import type { Store } from './ports.ts';
import type { ChangeRequest, Visit } from './visit-cases.ts';
import { dayOf, instantAt, msOf } from './wall-time.ts';

export interface ChangeCase extends BookingCase {
  readonly audit: Audit;
  readonly settings: OfferSettings & { readonly cancelNoticeMinutes: number };
}

/** A change that stands on disk, in the hands of this request or of reconcile. */
export interface Begun {
  readonly booking: ChangingBooking;
  readonly version: number;
}

/** The change of one visit waits for other bookings into the days that it takes from and gives to; always in the same order. */
export function lockDays<T>(
  store: Pick<Store, 'withLock'>,
  doctorId: string,
  dates: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const keys = [...new Set(dates)].sort().map((date) => doctorDayLock(doctorId, date));
  return keys.reduceRight<() => Promise<T>>((inner, key) => () => store.withLock(key, inner), work)();
}

/** The days that a change concerns, as the office counts them. */
export function daysOf({ startsAt, timeZone, change }: ChangingBooking): readonly string[] {
  const starts = change.kind === 'move' ? [startsAt, change.startsAt] : [startsAt];
  return starts.map((start) => dayOf(msOf(start), timeZone));
}

/**
 * Writes the intent. A visit that we have no record of gets one now (its row in the EHR stays untouched); one that the practice
 * has moved since we booked it is followed to its present key. Undefined: we are about to cancel it, because it lost a race.
 */
export async function begin(
  deps: ChangeCase,
  request: ChangeRequest,
  visit: Visit,
  row: Appointment,
  change: VisitChange,
): Promise<Begun | undefined> {
  const key = await keyFor(deps, visit, row);
  const here = await deps.bookings.get(idOf(key));
  const others = (await deps.bookings.ofVisit(visit.patientId, row.id)).filter(
    ({ booking }) => booking.key !== key && booking.status !== 'moved',
  );
  const isOurs = here !== undefined && isOf(here, row);
  if ([here, ...others].some((each) => each?.booking.status === 'withdrawing')) return undefined;

  const latest = others.toSorted((a, b) => a.booking.updatedAt.localeCompare(b.booking.updatedAt)).at(-1);
  const prior = isOurs ? here : latest;
  const version = (here?.version ?? 0) + 1;
  const before = prior === undefined ? adopted(deps, request, row) : factsOf(prior.booking);
  const { conversationId: _, ...facts } = before;
  const changing: ChangingBooking = {
    ...facts,
    ...placeOf(visit),
    id: idOf(key),
    key,
    attempt: isOurs ? before.attempt : (here?.booking.attempt ?? 0) + 1,
    room: row.room,
    channel: request.channel,
    ...(request.conversationId === undefined ? {} : { conversationId: request.conversationId }),
    ehrStatus: row.ehrStatus,
    updatedAt: instantAt(deps.clock.now()),
    ...{ status: 'changing', appointment: row.id, change, told: 'nothing' },
    ...(row.changeStamp === undefined ? {} : { changeStamp: row.changeStamp }),
  };
  const from = prior ?? (here?.booking.status === 'moved' ? undefined : here);
  const booking = numbered(changing, version, from === undefined ? 0 : sequenceOf(from));
  await deps.bookings.writeAll(
    [
      { booking, version: here?.version },
      ...others.map(({ booking: other, version: at }) => ({
        booking: { ...factsOf(other), status: 'moved', appointment: row.id } as const,
        version: at,
      })),
    ],
    [],
  );
  return { booking, version };
}

/**
 * The visit's own; where another visit of the same patient, doctor and start has that (the desk made a second one), or a create that was
 * given up is still to be looked for there, one with its id in it.
 */
export async function keyFor(
  { ehr, bookings }: ChangeCase,
  visit: Pick<Visit, 'patientId' | 'doctorId' | 'startsAt'>,
  row: Pick<Appointment, 'id' | 'ref'>,
): Promise<string> {
  const key = keyText({ ...visit, ehr: ehr.name });
  const here = await bookings.get(idOf(key));
  return here === undefined || isOver(here.booking) || isOf(here, row) ? key : `${key}|${row.id}`;
}

/** Nothing of it stands or is looked for any more. */
const isOver = (booking: Booking): boolean =>
  booking.status === 'moved' ||
  booking.status === 'cancelled' ||
  (booking.status === 'failed' && booking.error !== 'unconfirmed');

/** Our record of a visit at the time that it has. */
export async function recordOf(
  { bookings }: Pick<ChangeCase, 'bookings'>,
  { patientId, appointment, startsAt }: Visit,
): Promise<Booking | undefined> {
  const known = await bookings.ofVisit(patientId, appointment);
  return known
    .map(({ booking }) => booking)
    .find((one) => one.status !== 'moved' && one.startsAt === startsAt);
}

/** Our record of this very row: by its appointment, or by our reference where the create's reply was lost. */
function isOf({ booking }: StoredBooking, row: Pick<Appointment, 'id' | 'ref'>): boolean {
  if (booking.status === 'moved') return false;
  return 'appointment' in booking ? booking.appointment === row.id : booking.ref === row.ref;
}

const placeOf = (visit: Visit) => ({
  patientId: visit.patientId,
  doctorId: visit.doctorId,
  doctorName: visit.doctorName,
  officeId: visit.officeId,
  officeName: visit.officeName,
  startsAt: visit.startsAt,
  timeZone: visit.timeZone,
  durationMinutes: visit.durationMinutes,
  ...(visit.visitTypeId === undefined ? {} : { visitTypeId: visit.visitTypeId }),
});

type Adopted = Omit<BookingFacts, keyof ReturnType<typeof placeOf> | 'id' | 'key' | 'room'>;

function adopted({ clock, ehr }: ChangeCase, request: ChangeRequest, row: Appointment): Adopted {
  const at = instantAt(clock.now());
  return {
    ref: refOfRow(ehr, row),
    attempt: 1,
    patientName: request.patientName ?? '',
    channel: request.channel,
    ehrStatus: row.ehrStatus,
    createdAt: at,
    updatedAt: at,
  };
}

/** The same intent with something more to know about it: what the patient was told, that it is being taken back, and into which room. */
export async function noted(
  deps: ChangeCase,
  { booking, version }: Begun,
  more: Partial<Pick<ChangingBooking, 'change' | 'told' | 'room'>>,
): Promise<Begun> {
  const sequence = sequenceOf({ booking, version });
  const next = numbered({ ...booking, ...more }, version + 1, sequence);
  const { audit } = deps;
  const said =
    more.told === 'unsure' ? [audit.ofChange({ booking, what: 'unconfirmed', by: 'request' })] : [];
  await deps.bookings.writeAll([{ booking: next, version }], said);
  return { booking: next, version: version + 1 };
}
