// The EHR contract, looking: the practice, free slots and how often they are asked for, charts.
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import { type EhrUnderTest, failure, type Questions, valueIn } from './ehr-under-test.ts';

export function readingCases(current: () => EhrUnderTest, questions: Questions): void {
  const { query, openSlots, twin, callsDuring } = questions;

  test('it is ready once started, and offices, doctors and visit types then cost no call', async () => {
    expect(current().ehr.state()).toEqual({ state: 'ready' });
    expect(
      await callsDuring(() =>
        Promise.all([
          current().ehr.offices('browsing'),
          current().ehr.doctors('browsing'),
          current().ehr.visitTypes('browsing'),
        ]),
      ),
    ).toBe(0);
  });

  test('offices have rooms with indexes from 1 on, each once', async () => {
    const offices = valueIn(await current().ehr.offices('browsing'));
    const office = offices.find(({ id }) => id === current().practice.officeId);
    const indexes = office?.rooms.map(({ index }) => index) ?? [];
    expect(indexes).toContain(current().practice.room);
    expect(new Set(indexes).size).toBe(indexes.length);
    expect(Math.min(...indexes)).toBeGreaterThanOrEqual(1);
  });

  test('doctors have names as patients read them, and zones that exist', async () => {
    const doctors = valueIn(await current().ehr.doctors('browsing'));
    expect(doctors.map(({ id }) => id)).toContain(current().practice.doctorId);
    for (const doctor of doctors) {
      expect(doctor.name).toBe(`Dr. ${doctor.firstName} ${doctor.lastName}`);
      expect(DateTime.utc().setZone(doctor.timeZone).isValid).toBe(true);
    }
  });

  test('every visit type has a length', async () => {
    const types = valueIn(await current().ehr.visitTypes('browsing'));
    expect(types.find(({ id }) => id === current().practice.visitTypeId)?.durationMinutes).toBe(
      current().practice.visitTypeMinutes,
    );
    for (const type of types) expect(type.durationMinutes).toBeGreaterThan(0);
  });

  test.each([15, 30, 60])(
    'free slots of %i minutes ascend, are that long, and are inside the days',
    async (minutes) => {
      const { slots } = await openSlots({ durationMinutes: minutes });
      expect(slots.length).toBeGreaterThan(3);
      expect(slots.map(({ startsAt }) => startsAt)).toEqual([
        ...new Set(slots.map(({ startsAt }) => startsAt).sort()),
      ]);
      for (const slot of slots) {
        const start = DateTime.fromISO(slot.startsAt, { zone: current().practice.timeZone });
        expect(start.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(slot.localStart);
        expect(Date.parse(slot.endsAt) - Date.parse(slot.startsAt)).toBe(minutes * 60_000);
        expect(slot.durationMinutes).toBe(minutes);
        expect(slot.localStart >= current().practice.openDate).toBe(true);
        expect(slot.localStart.slice(0, 10) <= current().practice.laterDate).toBe(true);
      }
    },
  );

  test('slots carry the visit type that was asked for, and none unasked, out of one reading', async () => {
    const { visitTypeId } = current().practice;
    await openSlots();
    expect(
      await callsDuring(async () => {
        for (const slot of (await openSlots({ visitTypeId })).slots)
          expect(slot.visitTypeId).toBe(visitTypeId);
        for (const slot of (await openSlots()).slots) expect(slot).not.toHaveProperty('visitTypeId');
      }),
    ).toBe(0);
  });

  test('a day without the doctor is an empty answer, not an error', async () => {
    const { closedDate } = current().practice;
    expect((await openSlots({ fromDate: closedDate, toDate: closedDate })).slots).toEqual([]);
  });

  test('one call answers for a whole range, for any part of it, and for all who ask at once', async () => {
    const { openDate } = current().practice;
    const [whole, day] = [query(), query({ toDate: openDate })];
    expect(
      await callsDuring(() =>
        Promise.all(Array.from({ length: 20 }, () => current().ehr.openSlots(whole, 'browsing'))),
      ),
    ).toBe(1);
    expect(
      await callsDuring(async () => {
        const { slots } = valueIn(await current().ehr.openSlots(day, 'booking'));
        expect(slots).toEqual(
          (await openSlots()).slots.filter((slot) => slot.localStart.startsWith(openDate)),
        );
        expect(slots.length).toBeGreaterThan(0);
      }),
    ).toBe(0);
  });

  test('a reading is used until it is older than asked for; 0 seconds always reads', async () => {
    const first = await openSlots();
    current().clock.advance(60_000);
    expect((await openSlots()).readAt).toBe(first.readAt);
    expect(await callsDuring(() => openSlots({ freshSeconds: 59 }))).toBe(1);
    expect(await callsDuring(() => openSlots({ freshSeconds: 0 }))).toBe(1);
    expect((await openSlots()).readAt > first.readAt).toBe(true);
  });

  test('what is known without a call is known only while it is fresh enough', async () => {
    const { ehr, clock } = current();
    expect(ehr.knowsOpenSlots(query())).toBe(false);
    await openSlots();
    expect(await callsDuring(async () => void expect(ehr.knowsOpenSlots(query())).toBe(true))).toBe(0);
    clock.advance(60_000);
    expect(ehr.knowsOpenSlots(query({ freshSeconds: 59 }))).toBe(false);
    expect(ehr.knowsOpenSlots(query({ freshSeconds: 0 }))).toBe(false);
    expect(ehr.knowsOpenSlots(query({ durationMinutes: 90 }))).toBe(false);
  });

  test('forgetting a day of the doctor makes the next question a new reading; another day does not', async () => {
    const { doctorId, closedDate, laterDate } = current().practice;
    await openSlots();
    current().ehr.forgetOpenSlots(doctorId, closedDate > laterDate ? closedDate : '1999-01-01');
    expect(await callsDuring(() => openSlots())).toBe(0);
    current().ehr.forgetOpenSlots(doctorId, laterDate);
    expect(await callsDuring(() => openSlots())).toBe(1);
  });

  test('both twins are found by their birth date, with nothing but what booking needs', async () => {
    const twins = valueIn(await current().ehr.patientsBornOn(current().practice.twinsBornOn, 'browsing'));
    expect(twins.length).toBe(2);
    expect(new Set(twins.map(({ patient }) => patient.lastName)).size).toBe(1);
    for (const { patient, contact } of twins) {
      expect(contact).toEqual(valueIn(await current().ehr.contact(patient.id, 'browsing')));
      expect(Object.keys(patient).sort()).toEqual([
        'active',
        'birthDate',
        'firstName',
        'id',
        'lastName',
        'middleName',
        'nickName',
        'preferredLanguage',
      ]);
    }
  });

  test('nobody born on a day is an empty answer', async () => {
    expect(await current().ehr.patientsBornOn(current().practice.nobodyBornOn, 'browsing')).toEqual({
      ok: true,
      value: [],
    });
  });

  test('600 charts of one birth date are all read', async () => {
    await current().addCharts(600, current().practice.nobodyBornOn);
    const found = valueIn(await current().ehr.patientsBornOn(current().practice.nobodyBornOn, 'browsing'));
    expect(new Set(found.map(({ patient }) => patient.id)).size).toBe(600);
  });

  test('a chart is read by its id, and an unknown one is not found', async () => {
    const id = await twin();
    expect(valueIn(await current().ehr.patient(id, 'booking')).birthDate).toBe(
      current().practice.twinsBornOn,
    );
    expect(await current().ehr.patient(patientId('99999999'), 'booking')).toEqual(
      failure({ kind: 'not-found' }),
    );
  });

  test('a chart tells its contact when asked for it, and nothing of it otherwise', async () => {
    const id = await twin();
    const contact = valueIn(await current().ehr.contact(id, 'background'));
    expect(Object.keys(contact).sort()).toEqual([
      ...['cellPhone', 'email', 'firstName', 'mayText', 'preferredLanguage'],
    ]);
    expect(contact.cellPhone).not.toBe('');
    const chart = valueIn(await current().ehr.patient(id, 'browsing'));
    expect(JSON.stringify(chart)).not.toContain(contact.cellPhone);
    expect(await current().ehr.contact(patientId('999999999'), 'background')).toEqual(
      failure({ kind: 'not-found' }),
    );
  });
}
