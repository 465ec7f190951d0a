// A provider's agenda over the sandbox practice: whose it is, what it shows, what it costs, and that names are audited.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doctorId, ok } from '../../services/domain.ts';
import { trailOf } from '../support/trail.ts';
import { addPatient, deskBooks, doctor, office } from '../support/visit-scene.ts';
import { openWorld, type World } from '../support/world.ts';

const account = 'msteams|3f2504e0-4f89-11d3-9a0c-0305e82c3301/3f2504e0-4f89-11d3-9a0c-0305e82c3302';
const me = { conversationId: 'msteams|1', account };

let world: World;
beforeEach(async () => {
  // Tuesday, March 3, 2026, 9 AM in New York.
  world = await openWorld({ now: '2026-03-03T14:00:00Z', providers: new Map([[account, doctor]]) });
});
afterEach(() => world.close());

const ask = async (span: 'today' | 'tomorrow' | 'next' | 'week', names = false) => {
  const found = await world.now().useCases.agenda(me, span, { names });
  if (!found.ok) throw new Error(found.error.kind);
  return found.value;
};

async function fullDay(): Promise<void> {
  const [wilma, fred] = [await addPatient(world, 'Wilma'), await addPatient(world, 'Fred')];
  await deskBooks(world, '2026-03-03T08:00', { patient: Number(wilma), status: 'Complete' });
  await deskBooks(world, '2026-03-03T11:00', { patient: Number(wilma), status: 'Confirmed' });
  await deskBooks(world, '2026-03-03T09:45', { patient: Number(fred) });
  await deskBooks(world, '2026-03-03T12:00', { patient: Number(fred), status: 'Cancelled' });
  await deskBooks(world, '2026-03-03T13:00');
  await deskBooks(world, '2026-03-05T10:00', { patient: Number(fred) });
}

describe('the day', () => {
  test('initials, kinds and states, ascending, without what does not take place', async () => {
    await fullDay();
    const { entries, fromDate, toDate } = await ask('today');
    expect({ fromDate, toDate }).toEqual({ fromDate: '2026-03-03', toDate: '2026-03-03' });
    const seen = entries.map(({ localStart, patient, state }) => [localStart.slice(11), patient, state]);
    expect(seen.filter(([time]) => /^(?:08:00|09:45|11:00|12:00|13:00)$/.test(String(time)))).toEqual([
      ['08:00', 'W. T.', 'complete'],
      ['09:45', 'F. T.', 'booked'],
      ['11:00', 'W. T.', 'confirmed'],
      ['13:00', '', 'booked'],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Wilma|Fred|Tester/);
  });

  test('the next patient is the first who has not begun; a break is nobody', async () => {
    await fullDay();
    world.clock.advance(2.5 * 3_600_000);
    expect((await ask('next')).entries).toEqual([]);
    expect((await ask('tomorrow')).fromDate).toBe('2026-03-04');
  });

  test('the clock is the office’s where only that has a zone', async () => {
    await world.close();
    const [now, providers] = ['2026-03-04T01:30:00Z', new Map([[account, doctor]])];
    world = await openWorld({ now, providers, officeTimeZones: new Map([[office, 'America/New_York']]) });
    const { ehr } = world.now();
    const { doctors } = ehr;
    const nowhere = await doctors('browsing');
    if (!nowhere.ok) throw new Error(nowhere.error.kind);
    const listed = ok(nowhere.value.map((one) => (one.id === doctor ? { ...one, timeZone: '' } : one)));
    Object.assign(ehr, { doctors: async () => listed });
    const wilma = await addPatient(world, 'Wilma');
    await deskBooks(world, '2026-03-03T21:00', { patient: Number(wilma) });
    // Half past eight in the evening in New York, and tomorrow in UTC.
    const { fromDate, entries } = await ask('today');
    expect(fromDate).toBe('2026-03-03');
    expect(entries.at(-1)).toMatchObject({ localStart: '2026-03-03T21:00', timeZone: 'America/New_York' });
    expect((await ask('next')).entries).toMatchObject([{ localStart: '2026-03-03T21:00' }]);
  });

  test('the week is one call for its visits, to its Sunday', async () => {
    await fullDay();
    await ask('today');
    await world.control.forgetCalls();
    const { entries, toDate } = await ask('week');
    expect(toDate).toBe('2026-03-08');
    expect(entries.some(({ localStart }) => localStart === '2026-03-05T10:00')).toBe(true);
    const calls = await world.control.calls();
    expect(calls.filter(({ path }) => path.startsWith('/api/appointments')).length).toBe(1);
  });

  test('each time audited, with names or without, and without a name in it', async () => {
    await fullDay();
    const { entries: initials } = await ask('today');
    const { entries } = await ask('today', true);
    expect(entries.map(({ patient }) => patient)).toContain('Wilma Tester');
    const trail = await trailOf(world.now().store);
    expect(trail.slice(-2).map(({ document }) => [document['what'], document['outcome']])).toEqual([
      ['agenda-shown', `initials ${initials.length}`],
      ['agenda-shown', `names ${entries.length}`],
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/Wilma|Fred|3f2504e0/);
  });
});

test('more visits than are read at once are counted, not left out without a word', async () => {
  const wilma = Number(await addPatient(world, 'Wilma'));
  for (const day of ['04', '05', '06'])
    for (let at = 0; at < 16; at += 1) {
      const [hour, minute] = [8 + Math.floor(at / 2), at % 2 === 0 ? '00' : '30'];
      const start = `2026-03-${day}T${String(hour).padStart(2, '0')}:${minute}`;
      await deskBooks(world, start, { patient: wilma, duration: 10 });
    }
  const { entries, more } = await ask('week');
  const rows = await world
    .now()
    .ehr.appointmentsOn({ date: '2026-03-03', toDate: '2026-03-08', doctorId: doctor }, 'browsing');
  expect(entries.length).toBe(40);
  expect(more).toBeGreaterThan(7);
  expect(rows.ok && rows.value.filter(({ live }) => live).length).toBeGreaterThanOrEqual(40 + more);
  expect((await ask('tomorrow')).more).toBe(0);
});

test.each([
  ['no account', {}],
  ['an account of somebody else', { account: account.replace('3302', '3303') }],
  ['a phone number', { account: 'sms|+15185550101' }],
])('nobody else: %s', async (_, other) => {
  await world.control.forgetCalls();
  const asker = { conversationId: 'msteams|1', ...other };
  expect(world.now().useCases.isProvider(asker)).toBe(false);
  expect(await world.now().useCases.agenda(asker, 'today', { names: true })).toEqual({
    ok: false,
    error: { kind: 'not-a-provider' },
  });
  expect(await world.control.calls()).toEqual([]);
});

test('a doctor whom the practice does not have is nobody, too', async () => {
  await world.close();
  world = await openWorld({ providers: new Map([[account, doctorId('1')]]) });
  const found = await world.now().useCases.agenda(me, 'today', { names: false });
  expect(found).toEqual({ ok: false, error: { kind: 'not-a-provider' } });
});

test('the practice does not answer', async () => {
  await world.control.fault({ path: '/api/appointments', effect: 'status', status: 503, times: 0 });
  const found = await world.now().useCases.agenda(me, 'today', { names: false });
  expect(found).toMatchObject({ ok: false, error: { kind: 'ehr-unavailable' } });
});
