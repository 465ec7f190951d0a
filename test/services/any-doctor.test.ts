// "Any doctor": at most four calendars are looked at, those already known first; it says whose, and one that cannot be read is left out.
import { beforeEach, expect, test } from 'vitest';
import { createOpenTimesOfAny } from '../../services/any-doctor.ts';
import { createDirectory } from '../../services/directory.ts';
import {
  type Doctor,
  type DoctorId,
  doctorId,
  fail,
  ok,
  type VisitType,
  visitTypeId,
} from '../../services/domain.ts';
import type { OpenTimes } from '../../services/offer.ts';
import { checkup, doe, mainStreet, slotOn } from '../support/fake-use-cases.ts';

const doctors: readonly Doctor[] = ['1', '2', '3', '4', '5', '6'].map((id) => ({
  ...doe,
  id: doctorId(id),
  name: `Dr. ${id}`,
}));
const typeOf = (doctor: Doctor): VisitType => ({
  ...checkup,
  id: visitTypeId(`type-${doctor.id}`),
  doctorId: doctor.id,
});

let known: readonly string[];
let broken: readonly string[];
let asked: { doctor: DoctorId; visitType: string | undefined }[];
let types: readonly VisitType[];
beforeEach(() => {
  [known, broken, asked, types] = [[], [], [], doctors.map(typeOf)];
});

const openTimes: OpenTimes = async ({ doctorId: doctor, visitTypeId: visitType }) => {
  asked.push({ doctor, visitType });
  if (broken.includes(doctor)) return fail({ kind: 'ehr-unavailable' });
  const starts = [`2025-02-11T1${doctor}:00`, '2025-02-12T09:00'];
  return ok({
    slots: starts.map((start) => slotOn(start, { doctorId: doctor })),
    timeZone: 'America/New_York',
    readAt: '2025-02-10T15:00:00.000Z',
  });
};

const look = (visitName?: string) => {
  const lists = {
    offices: async () => ok([mainStreet]),
    doctors: async () => ok(doctors),
    visitTypes: async () => ok(types),
  };
  const unused = () => {
    throw new Error('not called');
  };
  return createOpenTimesOfAny({
    ehr: {
      ...lists,
      name: 'fake',
      openSlots: unused,
      knowsOpenSlots: ({ doctorId: doctor }) => known.includes(doctor),
      forgetOpenSlots: unused,
      patientsBornOn: unused,
      patient: unused,
      contact: unused,
      createAppointment: unused,
      createPatient: unused,
      appointmentsOn: unused,
      appointment: unused,
      appointmentsOf: unused,
      changeAppointment: unused,
      state: () => ({ state: 'ready' }),
      start: unused,
      stop: unused,
    },
    directory: createDirectory(lists, new Map()),
    clock: { now: () => Date.parse('2025-02-10T15:00:00Z'), sleep: async () => {} },
    settings: { leadMinutes: 120, horizonDays: 60, availabilityFreshSeconds: 60 },
    openTimes,
  })({ officeId: mainStreet.id, ...(visitName === undefined ? {} : { visitName }) });
};

test('four at most, and the rest is counted', async () => {
  const offer = await look('Checkup');
  expect(offer).toMatchObject({ ok: true, value: { notLooked: 2, timeZone: 'America/New_York' } });
  expect(asked.map(({ doctor }) => doctor)).toEqual(['1', '2', '3', '4']);
  expect(asked[2]?.visitType).toBe('type-3');
});

test('slots ascend over all doctors; two who are free at one time are both there', async () => {
  const offer = await look('Checkup');
  const slots = offer.ok ? offer.value.slots.map((slot) => `${slot.localStart} ${slot.doctorId}`) : [];
  expect(slots).toEqual([
    '2025-02-11T11:00 1',
    '2025-02-11T12:00 2',
    '2025-02-11T13:00 3',
    '2025-02-11T14:00 4',
    '2025-02-12T09:00 1',
    '2025-02-12T09:00 2',
    '2025-02-12T09:00 3',
    '2025-02-12T09:00 4',
  ]);
});

test('those already known come first', async () => {
  known = ['6', '3'];
  await look('Checkup');
  expect(asked.map(({ doctor }) => doctor)).toEqual(['3', '6', '1', '2']);
});

test('only doctors who have such a visit are looked at', async () => {
  types = [doctors[4], doctors[1]].flatMap((doctor) => (doctor === undefined ? [] : [typeOf(doctor)]));
  const offer = await look('Checkup');
  expect(offer).toMatchObject({ value: { looked: [{ id: '2' }, { id: '5' }], notLooked: 0 } });
});

test('a calendar that cannot be read is left out, and not called looked at; none at all is an error', async () => {
  broken = ['2'];
  expect(await look()).toMatchObject({
    value: { looked: [{ id: '1' }, { id: '3' }, { id: '4' }], notLooked: 3 },
  });
  broken = ['1', '2', '3', '4'];
  expect(await look()).toEqual(fail({ kind: 'ehr-unavailable' }));
});

test('nobody has such a visit: no slots, and no call', async () => {
  expect(await look('Surgery')).toMatchObject({ ok: true, value: { slots: [], looked: [], notLooked: 0 } });
  expect(asked).toEqual([]);
});
