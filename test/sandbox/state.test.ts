// With a folder for its state the practice outlives its process: what was answered is there after a restart.
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { appointmentObject } from '../../services/sandbox/appointment-wire.ts';
import { buildPractice, readSeed } from '../../services/sandbox/seed.ts';
import {
  ALVAREZ,
  book,
  DOE,
  FREE_TUESDAY,
  fault,
  NOW,
  object,
  onFreeTuesday,
  type Rig,
  rig,
  SEED_PATH,
  visit,
} from './rig.ts';

const DAY_MS = 86_400_000;
let stateFolder: string;
let file: string;

beforeEach(async () => {
  stateFolder = join(await mkdtemp(join(tmpdir(), 'bookadoc-sandbox-')), 'state');
  file = join(stateFolder, 'practice.jsonl');
  onTestFinished(() => rm(join(stateFolder, '..'), { recursive: true, force: true }));
});

const start = (startsAt = NOW): Promise<Rig> => rig({ stateFolder, startsAt });
async function restart({ sandbox }: Rig, startsAt = NOW): Promise<Rig> {
  await sandbox.close();
  return start(startsAt);
}

const rowsSchema = z.object({ appointments: z.array(z.looseObject({ id: z.string() })) });
const rows = async ({ call }: Rig) =>
  rowsSchema
    .parse(object(await call('GET', '/sandbox/appointments')))
    .appointments.toSorted((a, b) => Number(a.id) - Number(b.id));
const addPatient = async ({ call }: Rig): Promise<unknown> =>
  object(await call('POST', '/api/patients', { first_name: 'Una', gender: '', doctor: DOE }))['id'];

test('a restart keeps charts and visits, as they were changed last', async () => {
  const own = await start();
  const patient = await addPatient(own);
  await book(own, { patient, notes: 'Bookadoc abc' });
  const moved = await book(own, { doctor: ALVAREZ, exam_room: 2 });
  await own.call('PATCH', `/api/appointments/${moved}`, { scheduled_time: `${FREE_TUESDAY}T11:00` });
  await own.call('PATCH', `/api/appointments/${moved}`, { status: 'Confirmed' });
  const deleted = await book(own, { scheduled_time: `${FREE_TUESDAY}T14:00` });
  await own.call('DELETE', `/api/appointments/${deleted}`);
  await own.call('POST', '/sandbox/appointments', visit({ patient: null, appt_is_break: true }));
  const before = await rows(own);
  const chart = await own.call('GET', `/api/patients/${patient}`);

  const next = await restart(own);
  expect(await rows(next)).toEqual(before);
  expect(await onFreeTuesday(next)).toHaveLength(3);
  expect((await next.call('GET', `/api/patients/${patient}`)).text).toBe(chart.text);
  expect(await next.call('POST', '/api/appointments', visit())).toMatchObject({ status: 409 });
});

test('ids go on above every id ever used', async () => {
  const own = await start();
  const [patient, deleted] = [await addPatient(own), await book(own)];
  await own.call('DELETE', `/api/appointments/${deleted}`);
  const next = await restart(own);
  expect(await addPatient(next)).toBe(Number(patient) + 1);
  expect(await book(next)).toBe(String(Number(deleted) + 1));
});

test('what was committed is kept though its answer was lost', async () => {
  const own = await start();
  await fault(own, { effect: 'commit-then-drop' });
  await expect(own.call('POST', '/api/appointments', visit())).rejects.toThrow();
  expect(await onFreeTuesday(await restart(own))).toHaveLength(1);
});

test('what cannot be kept is not done', async () => {
  const own = await start();
  await rm(stateFolder, { recursive: true });
  expect(await own.call('POST', '/api/appointments', visit())).toMatchObject({ status: 500 });
  expect(await onFreeTuesday(own)).toEqual([]);
});

test('a last line that was torn is ignored, and the next write stands on a line of its own', async () => {
  const own = await start();
  const first = await book(own);
  await own.sandbox.close();
  const line = await readFile(file, 'utf8');
  await appendFile(file, line.slice(0, line.length / 2));

  const next = await start();
  expect(await onFreeTuesday(next)).toEqual([first]);
  const second = await book(next, { scheduled_time: `${FREE_TUESDAY}T10:00` });
  expect(await onFreeTuesday(await restart(next))).toEqual([first, second]);
});

test('any other line that does not read keeps the practice from starting, and is not quoted', async () => {
  const own = await start();
  await book(own, { notes: 'Marked' });
  await own.sandbox.close();
  const line = await readFile(file, 'utf8');
  await writeFile(file, `${line}${line.slice(5)}${line}`);
  await expect(start()).rejects.toThrow(`${file}: line 2 does not read`);
  await expect(start()).rejects.not.toThrow('Marked');
});

test('reset forgets what was kept', async () => {
  const own = await start();
  const seeded = await rows(own);
  await book(own);
  await own.call('POST', '/sandbox/reset');
  const next = await restart(own);
  expect(await rows(next)).toEqual(seeded);
  await book(next);
  expect(await rows(await restart(next))).toHaveLength(seeded.length + 1);
});

test('on another day a kept visit stays, and the one seeded visit of its doctor in its way is left out', async () => {
  const later = NOW + 3 * DAY_MS;
  const seeded = [...buildPractice(readSeed(SEED_PATH), later).appointments.values()];
  const inTheWay = seeded.find((row) => row.doctor === DOE && row.status === '' && !row.isBreak);
  const object = inTheWay && appointmentObject(inTheWay);
  const own = await start();
  const kept = await own.call(
    'POST',
    '/sandbox/appointments',
    visit({ office: object?.['office'], scheduled_time: object?.['scheduled_time'], exam_room: 2 }),
  );
  expect([kept.status, inTheWay?.examRoom]).toEqual([201, 1]);

  const ids = seeded.map(({ id }) => id);
  const keptId = String(Math.max(...ids.map(Number)) + 1);
  const next = await restart(own, later);
  expect((await rows(next)).map(({ id }) => id)).toEqual([
    ...ids.filter((id) => id !== inTheWay?.id),
    keptId,
  ]);
  await next.call('PATCH', `/sandbox/appointments/${keptId}`, { status: 'Cancelled' });
  expect((await rows(await restart(next, later))).map(({ id }) => id)).toEqual([...ids, keptId]);
});

test('a seeded visit that was changed stays on its day', async () => {
  const own = await start();
  const id = (await rows(own)).find((row) => row['status'] === '')?.id ?? '';
  await own.call('PATCH', `/api/appointments/${id}`, { status: 'Confirmed' });
  const changed = (await rows(own)).find((row) => row.id === id);
  const next = await restart(own, NOW + 5 * DAY_MS);
  expect((await rows(next)).filter((row) => row.id === id)).toEqual([changed]);
});

test('a file of mostly superseded lines is rewritten at the next start; folder and file are for their owner only', async () => {
  const own = await start();
  await book(own);
  await own.sandbox.close();
  const line = await readFile(file, 'utf8');
  await writeFile(file, line.repeat(1001));
  await (await start()).sandbox.close();
  expect((await readFile(file, 'utf8')).length).toBe(line.length * 1001);
  await appendFile(file, line);
  expect(await onFreeTuesday(await start())).toHaveLength(1);
  expect(await readFile(file, 'utf8')).toBe(line);
  expect((await stat(stateFolder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('only the data of the practice is kept', async () => {
  const own = await start();
  await fault(own, { effect: 'status', status: 500, times: 0 });
  await own.call('PUT', '/sandbox/clock', { now: '2030-01-01T00:00:00Z' });
  await own.call('PUT', '/sandbox/scopes', { scope: 'user:read' });
  await own.call('GET', '/api/offices');
  expect(await readFile(file, 'utf8')).toBe('');
});
