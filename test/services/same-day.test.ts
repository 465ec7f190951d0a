// What a patient has on the day that they are about to book: from our store, with at most one look at the EHR.
import { afterEach, expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import type { BookRequest } from '../../services/use-cases.ts';
import { openWorld, type World } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A patient, a doctor's times of one day, and the next day's first. */
async function scene() {
  const world = await openWorld({ holdSeconds: 0 });
  worlds.push(world);
  const { directory, openTimes } = world.now().useCases;
  const offices = await directory.offices();
  const office = offices.ok ? offices.value[0] : undefined;
  const doctors = office === undefined ? undefined : await directory.doctorsAt(office.id);
  const doctor = doctors?.ok === true ? doctors.value[0] : undefined;
  if (office === undefined || doctor === undefined) throw new Error('no office or doctor');
  const place = { officeId: office.id, doctorId: doctor.id, durationMinutes: 30 };
  const offer = await openTimes(place);
  const slots = offer.ok ? offer.value.slots : [];
  const day = slots[40]?.localStart.slice(0, 10) ?? '';
  const ofDay = slots.filter(({ localStart }) => localStart.startsWith(day)).map((slot) => slot.localStart);
  const nextDay = slots.find(({ localStart }) => localStart.slice(0, 10) > day)?.localStart ?? '';
  const people = await world.control.addPatients(
    ['Wilma', 'Wendy'].map((first_name) => ({
      first_name,
      last_name: 'Tester',
      date_of_birth: '1980-05-06',
      gender: 'Female',
      doctor: 511718,
    })),
  );
  const request = (localStart: string | undefined, person = 0): BookRequest => ({
    ...place,
    patientId: patientId(String(people[person])),
    patientName: 'W Tester',
    localStart: localStart ?? '',
    channel: 'webchat',
    conversationId: 'webchat|1',
  });
  const book = async (localStart: string | undefined, person = 0) => {
    const outcome = await world.now().useCases.book(request(localStart, person));
    if (!outcome.ok) throw new Error(outcome.error.kind);
    return outcome.value;
  };
  const seen = async (localStart: string | undefined, mayReadEhr = true) => {
    await world.control.forgetCalls();
    const { visits } = await world.now().useCases.sameDayVisits(request(localStart), mayReadEhr);
    const calls = (await world.control.calls()).length;
    return { visits: visits.map(({ startsAt }) => startsAt), calls };
  };
  return { world, ofDay, nextDay, book, seen };
}

const later = ({ clock }: World): void => clock.advance(10 * 60_000);

test('none on file: nothing, and no call', async () => {
  const { ofDay, seen } = await scene();
  expect(await seen(ofDay[0])).toEqual({ visits: [], calls: 0 });
});

test('of the same day, theirs alone, and not what overlaps', async () => {
  const { ofDay, nextDay, book, seen } = await scene();
  const own = await book(ofDay[0]);
  await book(nextDay);
  await book(ofDay[2], 1);
  expect(await seen(ofDay[4])).toEqual({ visits: [own.startsAt], calls: 0 });
  // The same time is refused by the booking itself.
  expect((await seen(ofDay[0])).visits).toEqual([]);
});

test('booked a while ago, it is looked up once, and only if that is allowed', async () => {
  const { world, ofDay, book, seen } = await scene();
  const [first, second] = [await book(ofDay[0]), await book(ofDay[2])];
  later(world);
  const both = [first.startsAt, second.startsAt];
  expect(await seen(ofDay[4])).toEqual({ visits: both, calls: 1 });
  expect(await seen(ofDay[4], false)).toEqual({ visits: both, calls: 0 });
});

test('cancelled by the practice since: it is not told of, and our store knows from then on', async () => {
  const { world, ofDay, book, seen } = await scene();
  const own = await book(ofDay[0]);
  later(world);
  await world.now().ehr.changeAppointment(own.appointment, { status: 'Cancelled' });
  expect((await seen(ofDay[4])).visits).toEqual([]);
  expect(await seen(ofDay[4])).toEqual({ visits: [], calls: 0 });
});

test('where the EHR is silent it counts as it stands', async () => {
  const { world, ofDay, book, seen } = await scene();
  const own = await book(ofDay[0]);
  later(world);
  await world.control.fault({ path: '/api/appointments', effect: 'status', status: 503, times: 0 });
  expect((await seen(ofDay[4])).visits).toEqual([own.startsAt]);
});
