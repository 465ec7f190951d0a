// REST and what programs send wrong on purpose: prototypes, depth, odd numbers and letters; never a booking, never a 500.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RestRig, startRest } from './rest-rig.ts';

let rest: RestRig;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const visit = '"doctorid":511718,"officeid":123456,"scheduled_time":"2026-03-10T08:00","duration":30';
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

it.each([
  ['a prototype that would be the patient', `{"__proto__":{"patientid":1},${visit}}`],
  ['a constructor that would be', `{"constructor":{"prototype":{"patientid":1}},${visit}}`],
  ['depth', `{"patientid":${deep(8_000)},${visit}}`],
  ['a list of patients', `{"patientid":[1,2],${visit}}`],
  ['a patient that is an object', `{"patientid":{"toString":1},${visit}}`],
  ['a number beyond all', `{"patientid":1e400,${visit}}`],
  ['a fraction', `{"patientid":1.5,${visit}}`],
  ['a number below zero', `{"patientid":-1,${visit}}`],
  ['digits of another script', `{"patientid":"١٢٣",${visit}}`],
  ['full-width digits', `{"patientid":"１２３",${visit}}`],
  ['a line break behind the digits', `{"patientid":"123\\n",${visit}}`],
  ['a path', `{"patientid":"1/../2",${visit}}`],
])('%s', async (_, body) => {
  const answer = await rest.send(body);
  expect(answer).toMatchObject({ status: 400, body: { message: expect.any(String) } });
  expect(await rest.booked()).toEqual([]);
  expect(Reflect.get({}, 'patientid')).toBeUndefined();
});

it.each([
  'date=2026-03-10&office=123456&office=234567',
  'date=2026-03-10&office=%00',
  '__proto__[date]=2026-03-10',
  'date=2026-03-10%0d%0aX:1&office=123456',
])('a query %s is answered without a 500', async (query) => {
  expect((await rest.get(`/api/availability?${query}`)).status).toBeLessThan(500);
});
