// What the sandbox answers 409 to: overlaps within the account's scope, half-open, of rows that still take up time.
import { describe, expect, test } from 'vitest';
import { ALVAREZ, book, FREE_TUESDAY, LAKESIDE, object, rig, visit } from './rig.ts';

describe('overlap', () => {
  const first = { scheduled_time: `${FREE_TUESDAY}T09:00`, duration: 30 };
  const HERE = {};
  const OTHER_ROOM = { exam_room: 2 };
  const OTHER_OFFICE = { office: LAKESIDE };
  const OTHER_DOCTOR = { doctor: ALVAREZ };
  test.each([
    ['room', 'same room, same doctor', HERE, 409],
    ['room', 'same room, other doctor', OTHER_DOCTOR, 409],
    ['room', 'other room, same doctor', OTHER_ROOM, 201],
    ['room', 'other office, same doctor', OTHER_OFFICE, 201],
    ['doctor', 'same room, same doctor', HERE, 409],
    ['doctor', 'same room, other doctor', OTHER_DOCTOR, 201],
    ['doctor', 'other room, same doctor', OTHER_ROOM, 409],
    ['doctor', 'other office, same doctor', OTHER_OFFICE, 409],
    ['off', 'same room, same doctor', HERE, 201],
  ] as const)('scope %s: %s is %4$i', async (overlapScope, _, changes, status) => {
    const own = await rig({ overlapScope });
    await book(own, first);
    const answer = await own.call('POST', '/api/appointments', visit({ ...first, ...changes }));
    expect(answer.status).toBe(status);
    if (status === 409) expect(object(answer)['detail']).toMatch(/^Appointment overlaps with \[\d+\]$/);
  });

  test.each([
    ['08:30', 30, 201],
    ['09:30', 30, 201],
    ['08:30', 31, 409],
    ['09:29', 30, 409],
    ['08:00', 180, 409],
    ['09:10', 5, 409],
  ])('half-open: 09:00-09:30 against %s for %i minutes is %i', async (time, duration, status) => {
    const own = await rig();
    await book(own, first);
    const answer = await own.call(
      'POST',
      '/api/appointments',
      visit({ scheduled_time: `${FREE_TUESDAY}T${time}`, duration }),
    );
    expect(answer.status).toBe(status);
  });

  test.each(['Cancelled', 'No Show', 'Rescheduled'])(
    'a row that is %s does not block, until it lives again',
    async (status) => {
      const own = await rig();
      const id = await book(own, first);
      await own.call('PATCH', `/api/appointments/${id}`, { status });
      await book(own, first);
      expect(await own.call('PATCH', `/api/appointments/${id}`, { status: 'Confirmed' })).toMatchObject({
        status: 409,
      });
    },
  );

  test('a deleted row does not block; a row of any other status does', async () => {
    const own = await rig();
    const id = await book(own, { ...first, status: "Practice's own" });
    expect(await own.call('POST', '/api/appointments', visit(first))).toMatchObject({ status: 409 });
    await own.call('DELETE', `/api/appointments/${id}`);
    await book(own, first);
  });

  test('allow_overlapping skips the check', async () => {
    const own = await rig();
    await book(own, first);
    await book(own, { ...first, allow_overlapping: true });
  });

  test('PATCH and PUT onto a taken time are 409 and change nothing; notes can always be changed', async () => {
    const own = await rig();
    await book(own, first);
    const id = await book(own, { scheduled_time: `${FREE_TUESDAY}T10:00` });
    const forced = await book(own, { ...first, allow_overlapping: true });
    const onto = { scheduled_time: `${FREE_TUESDAY}T09:15` };
    expect(await own.call('PATCH', `/api/appointments/${id}`, onto)).toMatchObject({ status: 409 });
    expect(await own.call('PUT', `/api/appointments/${id}`, visit(onto))).toMatchObject({ status: 409 });
    expect(object(await own.call('GET', `/api/appointments/${id}`))['scheduled_time']).toBe(
      `${FREE_TUESDAY}T10:00:00`,
    );
    for (const each of [id, forced])
      expect(await own.call('PATCH', `/api/appointments/${each}`, { notes: 'x' })).toMatchObject({
        status: 204,
      });
  });
});
