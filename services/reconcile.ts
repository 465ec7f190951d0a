// Settles what a crash, a lost reply or a lagging list left open: every `pending`, `withdrawing` and `changing` booking, at start and every minute.
import { dayOfVisit, isAsAsked, ownRow, readDoctorDay, standingIn } from './booking-create.ts';
import { nameOf } from './booking-settle.ts';
import { factsOf, patientLock } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import type { Appointment, Booking, BookingFacts } from './domain.ts';
import { type Fact, newsOps } from './news.ts';
import { type ChangeCase, daysOf, lockDays } from './visit-change.ts';
import { settleChange } from './visit-change-settle.ts';
import { instantAt, msOf } from './wall-time.ts';

const everyMs = 60_000;
/** A create that no list shows for this long did not happen. */
const givenUpAfterMs = 600_000;
const lastLookAfterMs = 3_600_000;

export interface Reconcile {
  /** Once over everything unsettled; resolves when done. */
  run(): Promise<void>;
  /** At once, then every minute. */
  start(): void;
  stop(): void;
}

export function createReconcile(deps: ChangeCase): Reconcile {
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const run = async (): Promise<void> => {
    for (const { booking } of await deps.bookings.unsettled()) {
      try {
        // The same locks, in the same order, as a booking: one that is under way is left alone until it has ended.
        const days = booking.status === 'changing' ? daysOf(booking) : [dayOfVisit(booking)];
        await deps.store.withLock(patientLock(booking.patientId), () =>
          lockDays(deps.store, booking.doctorId, days, async () => {
            const now = await deps.bookings.get(booking.id);
            if (now !== undefined) await settle(deps, now);
          }),
        );
      } catch (error) {
        // One that cannot be settled must not keep the others waiting: it is the oldest, and would be first each time.
        deps.log.error('booking not reconciled', { ref: booking.ref, reason: nameOf(error) });
      }
    }
  };
  const tick = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await run();
    } catch (error) {
      deps.log.error('reconcile stopped early', { reason: nameOf(error) });
    } finally {
      running = false;
    }
  };
  return {
    run,
    start() {
      void tick();
      timer = setInterval(() => void tick(), everyMs);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

async function settle(deps: ChangeCase, { booking, version }: StoredBooking): Promise<void> {
  if (booking.status === 'changing') return void (await settleChange(deps, { booking, version }));
  if (booking.status === 'withdrawing') return finishWithdrawal(deps, booking, version);
  if (booking.status === 'failed' && booking.error === 'unconfirmed') {
    return lookOnceMore(deps, factsOf(booking), version);
  }
  if (booking.status !== 'pending') return;
  const facts = factsOf(booking);
  const day = await readDoctorDay(deps.ehr, facts);
  if (!day.ok) return;
  const row = ownRow(day.value, facts);
  if (row !== undefined) return settleFound(deps, facts, row, day.value, version);
  if (deps.clock.now() - msOf(facts.createdAt) < givenUpAfterMs) return;
  await write(deps, { ...facts, status: 'failed', error: 'unconfirmed' }, version, notBooked(facts));
}

/** Given up and said so: a row that shows later all the same must not stand, because the patient counts on nothing. One that the practice has moved is the practice's. */
async function lookOnceMore(deps: ChangeCase, facts: BookingFacts, version: number): Promise<void> {
  if (deps.clock.now() - msOf(facts.createdAt) < lastLookAfterMs) return;
  const day = await readDoctorDay(deps.ehr, facts);
  if (!day.ok) return;
  const row = ownRow(day.value, facts);
  if (row === undefined || !isAsAsked(row, facts))
    return write(deps, { ...facts, status: 'failed', error: 'ehr-unavailable' }, version);
  const withdrawing = { ...facts, status: 'withdrawing', appointment: row.id } as const;
  await write(deps, withdrawing, version);
  await finishWithdrawal(deps, withdrawing, version + 1);
}

async function settleFound(
  deps: ChangeCase,
  facts: BookingFacts,
  row: Appointment,
  day: readonly Appointment[],
  version: number,
): Promise<void> {
  if (!isAsAsked(row, facts)) {
    // Under our reference, but moved since: the practice has taken the visit over, and its own word to the patient stands.
    await write(deps, { ...facts, status: 'cancelled', appointment: row.id, by: 'practice' }, version);
    return;
  }
  if (deps.overlapScope === 'doctor' || standingIn(day, facts, row.id) === 'stands') {
    const confirmed = {
      ...facts,
      ehrStatus: row.ehrStatus,
      status: 'confirmed',
      appointment: row.id,
    } as const;
    await write(deps, confirmed, version, {
      kind: 'booked-after-all',
      bookingId: facts.id,
    });
    return;
  }
  const withdrawing = { ...facts, status: 'withdrawing', appointment: row.id } as const;
  await write(deps, withdrawing, version, notBooked(facts));
  await finishWithdrawal(deps, withdrawing, version + 1);
}

async function finishWithdrawal(
  deps: ChangeCase,
  booking: Extract<Booking, { status: 'withdrawing' }>,
  version: number,
): Promise<void> {
  const cancelled = await deps.ehr.changeAppointment(booking.appointment, { status: 'Cancelled' });
  if (!cancelled.ok && cancelled.error.kind !== 'not-found') return;
  deps.ehr.forgetOpenSlots(booking.doctorId, dayOfVisit(booking));
  await write(deps, { ...factsOf(booking), status: 'failed', error: 'slot-taken' }, version);
}

const notBooked = (facts: BookingFacts): Fact => ({
  kind: 'not-booked',
  patientId: facts.patientId,
  doctorName: facts.doctorName,
  startsAt: facts.startsAt,
  timeZone: facts.timeZone,
});

/** The next state, and in the same batch the news that the conversation will hear first. */
async function write(deps: ChangeCase, booking: Booking, version: number, fact?: Fact): Promise<void> {
  const at = instantAt(deps.clock.now());
  const id = `news|${booking.id}|${booking.attempt}`;
  const news = fact === undefined ? [] : newsOps(booking, id, fact, at);
  const next = { ...booking, updatedAt: at };
  // Of a visit that the practice took over before it was ever confirmed, nothing is owed: its own word stands.
  const messages = next.status === 'confirmed' ? deps.owe('booked', next, version + 1) : [];
  await deps.bookings.write(next, version, [...news, ...messages], 'reconcile');
  deps.log.info('booking reconciled', { ref: booking.ref, outcome: booking.status });
}
