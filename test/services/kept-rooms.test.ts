// Which rooms our bookings use at a time: what is kept in memory is what a look at every booking would tell.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appointmentId, type Booking, bookingId, officeId } from '../../services/domain.ts';
import { createKeptRooms } from '../../services/kept-rooms.ts';
import { sampleFacts } from '../support/sample-booking.ts';

const start = Date.UTC(2026, 2, 3);
const instant = (minute: number) => new Date(start + minute * 60_000).toISOString();
const offices = [officeId('1'), officeId('2')];

interface Written {
  readonly id: number;
  readonly status: 'pending' | 'confirmed' | 'failed' | 'changing' | 'moved';
  readonly room: number;
}

/** As in the product, an id belongs to one time; a new attempt may take another room. */
const bookingOf = ({ id, status, room }: Written): Booking => {
  const facts = {
    ...sampleFacts,
    id: bookingId(String(id)),
    officeId: offices[id % 2] ?? officeId('1'),
    room,
    startsAt: instant(id * 170),
    durationMinutes: [15, 60, 480][id % 3] ?? 15,
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
};

const written: fc.Arbitrary<Written> = fc.record({
  id: fc.nat(25),
  status: fc.constantFrom('pending', 'confirmed', 'failed', 'changing', 'moved'),
  room: fc.integer({ min: 1, max: 4 }),
});
const visit = fc.record({
  minute: fc.nat(26 * 170),
  durationMinutes: fc.constantFrom(15, 480),
  office: fc.nat(1),
});

test('rooms in use are those of overlapping pending, confirmed and changing bookings', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(written),
      fc.array(fc.tuple(written, visit), { minLength: 1 }),
      async (before, after) => {
        const stored = new Map<string, Booking>();
        const write = (booking: Booking) => stored.set(booking.id, booking);
        for (const each of before) write(bookingOf(each));
        const kept = createKeptRooms((office, fromMs, toMs) =>
          Promise.resolve(
            [...stored.values()].filter(({ officeId: at, startsAt }) => {
              const startMs = Date.parse(startsAt);
              return at === office && fromMs <= startMs && startMs < toMs;
            }),
          ),
        );
        for (const [next, { minute, durationMinutes, office }] of after) {
          const booking = bookingOf(next);
          write(booking);
          await kept.note(booking);
          const [from, to] = [instant(minute), instant(minute + durationMinutes)];
          const at = offices[office] ?? officeId('1');
          const expected = [...stored.values()]
            .filter(({ status }) => ['pending', 'confirmed', 'changing'].includes(status))
            .filter((each) => {
              const ends = new Date(Date.parse(each.startsAt) + each.durationMinutes * 60_000).toISOString();
              return each.officeId === at && each.startsAt < to && from < ends;
            })
            .map(({ room }) => room);
          expect(await kept.during(at, { startsAt: from, durationMinutes })).toEqual(new Set(expected));
        }
      },
    ),
  );
});
