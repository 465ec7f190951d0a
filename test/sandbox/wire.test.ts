// The sandbox's wire manners: envelopes, paging, slashes, errors, encodings, redirects.
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import {
  ALVAREZ,
  ANN,
  DOE,
  FREE_TUESDAY,
  ids,
  MAIN_STREET,
  object,
  page,
  parsed,
  rig,
  visit,
} from './rig.ts';

test.each([
  '/api/offices',
  '/api/doctors',
  '/api/patients',
  '/api/appointment_profiles',
  '/api/schedule_blocks',
  '/api/users',
  `/api/appointments?date=${FREE_TUESDAY}`,
])('%s is an envelope of results, the same with a trailing slash', async (path) => {
  const { call } = await rig();
  const plain = await call('GET', path);
  expect(plain.status).toBe(200);
  expect(page(plain)).toMatchObject({ previous: null, next: null });
  const slashed = await call('GET', path.includes('?') ? path.replace('?', '/?') : `${path}/`);
  expect(parsed(slashed)).toEqual(parsed(plain));
});

test('pages link to each other by absolute addresses with an opaque cursor', async () => {
  const { call, sandbox } = await rig();
  const all = ids(await call('GET', '/api/patients'));
  const first = page(await call('GET', '/api/patients?page_size=20'));
  expect(first.results).toHaveLength(20);
  expect(first.next).toMatch(`${sandbox.origin}/api/patients?page_size=20&cursor=`);
  const second = page(await call('GET', String(first.next).slice(sandbox.origin.length)));
  expect([...first.results, ...second.results].map((row) => row['id'])).toEqual(all);
  expect(second.next).toBeNull();
  const back = page(await call('GET', String(second.previous).slice(sandbox.origin.length)));
  expect(back.results).toEqual(first.results);
  expect(await call('GET', '/api/patients?cursor=nonsense')).toMatchObject({ status: 404 });
});

test.each([
  ['/api/patients', 250],
  [`/api/appointments?date=${FREE_TUESDAY}`, 20],
  [`/api/appointments?date=${FREE_TUESDAY}&verbose=true`, 25],
])('%s holds at most %i rows, however many are asked for', async (path, cap) => {
  const { call } = await rig();
  const charts = Array.from({ length: 260 }, () => ({ gender: '', doctor: DOE }));
  expect(await call('POST', '/sandbox/patients', charts)).toMatchObject({ status: 201 });
  await call(
    'POST',
    '/sandbox/appointments',
    Array.from({ length: 30 }, () => visit()),
  );
  const asked = `${path}${path.includes('?') ? '&' : '?'}page_size=1000`;
  expect(page(await call('GET', asked)).results).toHaveLength(cap);
  expect(page(await call('GET', path)).results).toHaveLength(cap);
});

test('401 is plain text under text/html with a WWW-Authenticate header', async () => {
  const { call } = await rig();
  for (const Authorization of ['Bearer wrong', 'Basic abc', '']) {
    const answer = await call('GET', '/api/offices', undefined, { Authorization });
    expect(answer).toMatchObject({ status: 401, text: 'Authorization failed.' });
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer error="invalid_token",error_description="The access token is invalid."',
    );
  }
});

test.each([
  ['GET', '/api/nothing'],
  ['GET', '/api/toString'],
  ['GET', '/api/offices/1'],
  ['GET', '/api/patients/1'],
  ['GET', '/api/appointments/1'],
  ['PATCH', '/api/appointments/1'],
  ['PUT', '/api/appointments/1'],
  ['DELETE', '/api/appointments/1'],
  ['GET', '/elsewhere'],
])('%s %s is 404 with a detail', async (method, path) => {
  const { call } = await rig();
  const answer = await call(method, path);
  expect(answer.status).toBe(404);
  expect(parsed(answer)).toEqual({ detail: 'Not found.' });
});

test('a method that a path lacks is 405 and Allow names those it has', async () => {
  const { call } = await rig();
  const answer = await call('DELETE', '/api/patients');
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('GET, POST');
});

test('users/current redirects to the user, who may schedule', async () => {
  const { call } = await rig();
  const answer = await call('GET', '/api/users/current');
  expect(answer.status).toBe(302);
  const user = object(await call('GET', String(answer.headers.get('location'))));
  expect(user).toMatchObject({
    doctor: DOE,
    permissions: { access_scheduling: true, create_and_update_patients: true },
  });
});

describe('bodies', () => {
  test('may be JSON or form-encoded, and the version header changes nothing', async () => {
    const { call } = await rig();
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(visit())) form.set(name, String(value));
    const answer = await call('POST', '/api/appointments', form.toString(), {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-DRC-API-Version': 'v2',
    });
    expect(answer.status).toBe(201);
    expect(object(answer)).toMatchObject({ doctor: DOE, patient: ANN, exam_room: 1, duration: 30 });
  });

  test.each([
    ['not JSON', '{"doctor":', 400],
    ['a list', '[]', 400],
    ['over 1 MiB', JSON.stringify({ notes: 'x'.repeat(1024 * 1024) }), 413],
  ])('%s is refused', async (_, body, status) => {
    const { call } = await rig();
    expect(await call('POST', '/api/appointments', body)).toMatchObject({ status });
    expect(object(await call('GET', '/sandbox/calls'))['calls']).toMatchObject([
      { path: '/api/appointments', status },
    ]);
  });
});

test('patients are found by birth date, exactly, and by name without regard to case', async () => {
  const { call } = await rig();
  const twins = page(await call('GET', '/api/patients?date_of_birth=2016-06-02')).results;
  expect(twins.map((row) => row['first_name'])).toEqual(['Noah', 'Emma']);
  expect(twins.every((row) => /^900-\d\d-\d{4}$/.test(String(row['social_security_number'])))).toBe(true);
  const hales = page(await call('GET', '/api/patients?last_name=hale&first_name=ROBERT')).results;
  expect(hales.map((row) => row['date_of_birth'])).toEqual(['1951-01-30', '1979-09-14']);
  expect(ids(await call('GET', '/api/patients?since=2025-02-14T00:00:00'))).toEqual([]);
  expect(await call('GET', '/api/patients?since=2025-02-14T00:00:00Z')).toMatchObject({ status: 400 });
});

test('a chart needs only gender and doctor, and gets a chart id; duplicates are made in silence', async () => {
  const { call } = await rig();
  const empty = await call('POST', '/api/patients', {});
  expect(empty.status).toBe(400);
  expect(parsed(empty)).toEqual({ gender: ['This field is required.'], doctor: ['This field is required.'] });
  const chart = {
    gender: 'Female',
    doctor: DOE,
    first_name: 'Tessa',
    last_name: 'Chronex',
    date_of_birth: '1990-01-02',
  };
  const made = await call('POST', '/api/patients', chart);
  expect(made.status).toBe(201);
  expect(object(made)['chart_id']).toMatch(/^CHTE\d{6}$/);
  expect(object(made)).toMatchObject({ created_at: '2025-02-14T10:00:00', primary_insurance: {} });
  expect(await call('POST', '/api/patients', chart)).toMatchObject({ status: 201 });
  expect(ids(await call('GET', '/api/patients?date_of_birth=1990-01-02'))).toHaveLength(2);
  for (const wrong of [{ gender: 'F' }, { doctor: 1 }, { date_of_birth: '1990-02-30' }])
    expect(await call('POST', '/api/patients', { ...chart, ...wrong })).toMatchObject({ status: 400 });
});

test.each([
  ['refused-409', 409],
  ['refused-400', 400],
])(
  'an account that looks for duplicates has them %s, unless it is told to look away',
  async (policy, status) => {
    const { call } = await rig();
    const chart = {
      gender: 'Female',
      doctor: DOE,
      first_name: 'Tessa',
      last_name: 'Chronex',
      date_of_birth: '1990-01-02',
    };
    expect(await call('PUT', '/sandbox/duplicates', { policy })).toMatchObject({ status: 204 });
    expect(await call('POST', '/api/patients', chart)).toMatchObject({ status: 201 });
    const second = await call('POST', '/api/patients', { ...chart, first_name: 'TESSA' });
    expect(second.status).toBe(status);
    expect(second.text).toContain('Potential duplicate patient(s) found.');
    expect(await call('POST', '/api/patients', { ...chart, gender: 'Other' })).toMatchObject({ status: 201 });
    expect(await call('POST', '/api/patients?allow_duplicates=true', chart)).toMatchObject({ status: 201 });
    expect(ids(await call('GET', '/api/patients?date_of_birth=1990-01-02'))).toHaveLength(3);
  },
);

test('visit types, offices and blocks filter by doctor; verbose offices carry their online quarters', async () => {
  const { call } = await rig();
  const types = page(await call('GET', `/api/appointment_profiles?doctor=${ALVAREZ}`)).results;
  expect(types.map((row) => row['duration'])).toEqual([20, 30, 45, 60]);
  expect(ids(await call('GET', `/api/offices?doctor=${ALVAREZ}`))).toEqual([234567]);
  const office = object(await call('GET', `/api/offices/${MAIN_STREET}?verbose=true`));
  expect(office['online_timeslots']).toContainEqual({ day: 1, hour: 8, minute: 15 });
  const blocks = page(await call('GET', `/api/schedule_blocks?doctor=${DOE}&date=2025-02-18`)).results;
  expect(blocks).toMatchObject([{ start_time: '2025-02-18T15:00:00', end_time: '2025-02-18T17:00:00' }]);
});

test('work schedules tell the hours', async () => {
  const { call } = await rig();
  const own = object(await call('GET', '/api/doctor_work_schedule'));
  expect(own).toMatchObject({ doctor: DOE, office: MAIN_STREET });
  expect(own['work_days']).toContainEqual(
    expect.objectContaining({
      iso_weekday: 'Tuesday',
      enabled: true,
      work_hours: [
        expect.objectContaining({ start_time: '08:00:00', end_time: '12:00:00' }),
        expect.objectContaining({ start_time: '13:00:00', end_time: '17:00:00' }),
      ],
    }),
  );
  expect(object(await call('GET', `/api/office_work_schedule/${MAIN_STREET}`))).toMatchObject({
    office: MAIN_STREET,
  });
  expect(await call('GET', '/api/doctor_work_schedule/99')).toMatchObject({ status: 404 });
});

test('the control API answers loopback hosts only', async () => {
  const { sandbox } = await rig();
  const ask = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${sandbox.origin}/sandbox/calls`, { headers: { Host: host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .once('error', reject)
        .end();
    });
  expect(await ask('localhost:3979')).toBe(200);
  expect(await ask('evil.example')).toBe(403);
});
