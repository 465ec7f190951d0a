// Which of our times are kept from others, from the moment they are written until the EHR's lists have caught up.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appointmentId, type Booking, bookingId } from '../../services/domain.ts';
import { createKeptBusy } from '../../services/kept-busy.ts';
import { sampleFacts } from '../support/sample-booking.ts';

const start = Date.UTC(2026, 2, 3);
const instant = (second: number) => new Date(start + second * 1_000).toISOString();
const doctor = sampleFacts.doctorId;

type Status = 'pending' | 'confirmed' | 'failed' | 'changing' | 'moved';
function booking(id: number, hour: number, status: Status, updated: number): Booking {
  const facts = {
    ...sampleFacts,
    id: bookingId(String(id)),
    startsAt: instant(hour * 3_600),
    updatedAt: instant(updated),
  };
  if (status === 'pending') return { ...facts, status, told: 'nothing' };
  if (status === 'failed') return { ...facts, status, error: 'slot-taken' };
  if (status === 'changing') {
    return {
      ...facts,
      status,
      appointment: appointmentId('77'),
      change: { kind: 'cancel' },
      told: 'nothing',
    };
  }
  return { ...facts, status, appointment: appointmentId('77') };
}

interface Written {
  readonly id: number;
  readonly hour: number;
  readonly status: Status;
  readonly waited: number;
}

const written: fc.Arbitrary<Written> = fc.record({
  id: fc.nat(5),
  hour: fc.integer({ min: 24, max: 40 }),
  status: fc.constantFrom<Status>('pending', 'confirmed', 'failed', 'changing', 'moved'),
  waited: fc.nat(80),
});

/** Pending and changing ones, and those confirmed less than two minutes ago, ascending. */
const expected = (bookings: ReadonlyMap<number, Booking>, nowMs: number) =>
  [...bookings.values()]
    .filter(
      ({ status, updatedAt }) =>
        status === 'pending' ||
        status === 'changing' ||
        (status === 'confirmed' && nowMs < Date.parse(updatedAt) + 120_000),
    )
    .map(({ startsAt }) => startsAt)
    .toSorted();

test('after any bookings, however written, what is kept is what a fresh look would keep', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { maxLength: 4 }), fc.array(written), async (before, after) => {
      let second = 0;
      const bookings = new Map<number, Booking>();
      const write = ({ id, hour, status, waited }: Written) => {
        second += waited;
        const next = booking(id, hour, status, second);
        bookings.set(id, next);
        return next;
      };
      for (const each of before) write(each);
      const stored = [...bookings.values()];
      const kept = createKeptBusy(() => Promise.resolve(stored));
      const look = async () => {
        const nowMs = start + second * 1_000;
        const times = await kept.of(doctor, nowMs);
        expect(times.map(({ startsAt }) => startsAt)).toEqual(expected(bookings, nowMs));
        expect(times.every((time) => Date.parse(time.endsAt) - Date.parse(time.startsAt) === 1_800_000)).toBe(
          true,
        );
        return times;
      };
      await look();
      for (const each of after) {
        await kept.note(write(each));
        expect(await look()).toBe(await look());
      }
    }),
  );
});

test('a booking that is confirmed where it was pending changes nothing for those who look', async () => {
  const kept = createKeptBusy(() => Promise.resolve([]));
  await kept.of(doctor, start);
  await kept.note(booking(1, 24, 'pending', 0));
  const pending = await kept.of(doctor, start);
  await kept.note(booking(1, 24, 'confirmed', 1));
  expect(await kept.of(doctor, start + 1_000)).toBe(pending);
  expect(await kept.of(doctor, start + 121_000)).toEqual([]);
});
