// Two hundred patients want the same time at once, over HTTP, whatever the EHR's account checks: one visit stands.
import { expect, test } from 'vitest';
import { createRunningClock, openProduct, type Product, type Said } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';

const patientCount = 200;
const doctorDoe = 511718;
const wanted = '2025-02-27T10:00';
const booked = 'Your appointment has been successfully booked.';

/** 20 to 200 ms, the same in every run. */
const jitterMs = (index: number): number => 20 + ((index * 7919) % 181);

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Brings one chat to the question "Shall I book it?" for the same doctor, office, day and time as all others. */
async function reachConfirm(product: Product, index: number): Promise<void> {
  const id = `race-${index}`;
  for (const text of [
    'book an appointment',
    `Racer${letters(index)} Testperson`,
    birthDate(index),
    'Main Street',
    'John Doe',
    'Sick visit',
    'Thu Feb 27',
    '10:00 AM',
  ]) {
    await sleep(jitterMs(index) / 10);
    await product.say(id, text);
  }
}

const birthDate = (index: number): string => `${1940 + (index % 50)}-05-${10 + Math.floor(index / 50)}`;

/** Names are letters: 0 is "aa", 27 is "bb". */
const letters = (index: number): string =>
  String.fromCharCode(97 + Math.floor(index / 26), 97 + (index % 26));

const live = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((row) => !row.deleted_flag && !['Cancelled', 'Rescheduled', 'No Show'].includes(row.status));

/** Pairs of live rows of one doctor that overlap, half-open. */
function overlapsOf(rows: readonly Row[]): readonly string[] {
  const spans = live(rows).map((row) => {
    const startMs = Date.parse(`${row.scheduled_time}Z`);
    return { row, startMs, endMs: startMs + row.duration * 60_000 };
  });
  return spans.flatMap((a) =>
    spans
      .filter((b) => a.row.id < b.row.id && a.row.doctor === b.row.doctor)
      .filter((b) => a.startMs < b.endMs && b.startMs < a.endMs)
      .map((b) => `${a.row.id} and ${b.row.id}`),
  );
}

test.each([
  ['an EHR that checks by doctor', 'doctor', false, '0'],
  ['an EHR that checks by room', 'room', false, '0'],
  ['an EHR that checks nothing', 'off', false, '0'],
  ['an EHR that checks nothing, and the front desk has just taken the time', 'off', true, '0'],
  ['the first to pick it holds it', 'off', false, '300'],
] as const)('%s', { timeout: 120_000 }, async (_name, scope, deskWasFirst, holdSeconds) => {
  const product = await openProduct({
    clock: createRunningClock('2025-02-17T15:00:00Z'),
    // Without holds all of them reach the check.
    env: { HOLD_SECONDS: holdSeconds },
  });
  try {
    const { control } = product;
    await control.overlap(scope);
    const [deskPatient] = await control.addPatients(
      Array.from({ length: patientCount }, (_, index) => ({
        first_name: `Racer${letters(index)}`,
        last_name: 'Testperson',
        date_of_birth: birthDate(index),
        gender: 'Other',
        doctor: doctorDoe,
      })),
    );
    await Promise.all(Array.from({ length: patientCount }, (_, index) => reachConfirm(product, index)));
    if (deskWasFirst) {
      await control.addAppointment({
        doctor: doctorDoe,
        office: 123456,
        patient: deskPatient,
        exam_room: 5,
        scheduled_time: `${wanted}:00`,
        duration: 30,
      });
    }
    const overlapsBefore = overlapsOf(await control.appointments());
    await control.fault({
      method: 'POST',
      path: '/api/appointments',
      effect: 'delay',
      ms: 60,
      times: 0,
    });

    const answers = await Promise.all(
      Array.from({ length: patientCount }, async (_, index): Promise<readonly Said[]> => {
        await sleep(jitterMs(index));
        return product.say(`race-${index}`, 'yes');
      }),
    );

    const winners = answers.filter((replies) => replies.some(({ text }) => text.includes(booked)));
    const offered = answers.filter((replies) => replies.some(({ buttons }) => buttons.length >= 3));
    const standing = live(await control.appointments()).filter(
      (row) => row.doctor === doctorDoe && row.scheduled_time.startsWith(wanted),
    );
    expect(standing).toHaveLength(1);
    expect(winners).toHaveLength(deskWasFirst ? 0 : 1);
    expect(offered).toHaveLength(patientCount - winners.length);
    expect(overlapsOf(await control.appointments())).toEqual(overlapsBefore);
  } finally {
    await product.close();
  }
});
