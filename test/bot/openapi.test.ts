// /api/openapi.json against what the routes do: paths, statuses, fields.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../bot/openapi.ts';
import { errorAnswer } from '../../bot/rest-answers.ts';
import { appointmentBody, availabilityQuery } from '../../bot/rest-schema.ts';
import type { BookingError } from '../../services/domain.ts';
import { authorization, type RestRig, startRest } from './rest-rig.ts';

let rest: RestRig;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

const { schemas } = openApi.components;

/** One of each kind of error that booking can end in. */
const bookingErrors: readonly BookingError[] = [
  { kind: 'missing-fields', fields: ['patientid'] },
  { kind: 'slot-taken', alternatives: [] },
  { kind: 'outside-policy', rule: 'past' },
  { kind: 'patient-not-found' },
  { kind: 'patient-ambiguous' },
  { kind: 'ehr-refused', reason: 'inactive-chart' },
  { kind: 'ehr-unavailable' },
  { kind: 'unconfirmed', ref: 'x' },
];

/** Holds `value` to a schema of the document: every field described, every required one there, types right. */
function conforms(schema: object, value: unknown, path = '$'): void {
  if ('$ref' in schema) {
    const name = String(schema.$ref).split('/').at(-1) ?? '';
    const found = Object.entries(schemas).find(([key]) => key === name);
    if (found === undefined) throw new Error(`${path}: no schema ${name}`);
    conforms(found[1], value, path);
  } else if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null) {
    if (typeof value !== 'object' || value === null) throw new Error(`${path}: not an object`);
    const described: Map<string, object> = new Map(Object.entries(schema.properties));
    for (const [field, inner] of Object.entries(value)) {
      const property = described.get(field);
      if (property === undefined) throw new Error(`${path}.${field} is not described`);
      conforms(property, inner, `${path}.${field}`);
    }
    if ('required' in schema && Array.isArray(schema.required)) {
      for (const field of schema.required)
        if (!(field in value)) throw new Error(`${path}.${field} is missing`);
    }
  } else if ('items' in schema && typeof schema.items === 'object' && schema.items !== null) {
    if (!Array.isArray(value)) throw new Error(`${path}: not a list`);
    const items: object = schema.items;
    value.forEach((item, index) => {
      conforms(items, item, `${path}[${index}]`);
    });
  } else if ('type' in schema) {
    const types = [schema.type].flat();
    const type = value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;
    if (!types.includes(type)) throw new Error(`${path}: ${type} instead of ${types}`);
  }
}

describe('the document', () => {
  it('is served, without the key', async () => {
    expect(await rest.get('/api/openapi.json', {})).toEqual({ status: 200, body: openApi });
  });

  it('names every route, and each answers', async () => {
    for (const [path, methods] of Object.entries(openApi.paths)) {
      for (const method of Object.keys(methods)) {
        const { status } =
          method === 'get'
            ? await rest.get(path, { authorization })
            : await rest.send('{}', { authorization });
        expect([path, method, [200, 400].includes(status)]).toEqual([path, method, true]);
      }
    }
    expect(Object.keys(openApi.paths)).toHaveLength(4);
  });

  it('names the fields that are taken', () => {
    expect(Object.keys(schemas.AppointmentRequest.properties)).toEqual(Object.keys(appointmentBody.shape));
    const { parameters } = openApi.paths['/api/availability'].get;
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(availabilityQuery.shape));
    expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(['date', 'office']);
  });

  it('names every status that a booking can end in, and the error it means', () => {
    const described = new Map<string, { description: string }>(
      Object.entries(openApi.paths['/api/appointments'].post.responses),
    );
    for (const error of bookingErrors) {
      const { status, body } = errorAnswer(error);
      expect(described.get(String(status))?.description, error.kind).toContain(error.kind);
      conforms(schemas.Error, body);
    }
    expect(described.get('409')?.description).toContain('overlaps-own');
    expect([...described.keys()]).toEqual([
      '201',
      '400',
      '401',
      '404',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
    ]);
  });

  it.each([
    ['/api/offices', openApi.paths['/api/offices'].get.responses[200]],
    ['/api/doctors', openApi.paths['/api/doctors'].get.responses[200]],
    [
      '/api/availability?date=2026-03-10&office=123456&doctor=511718',
      openApi.paths['/api/availability'].get.responses[200],
    ],
  ])('describes %s as it is', async (path, response) => {
    const { status, body } = await rest.get(path);
    expect(status).toBe(200);
    conforms(response.content['application/json'].schema, body);
    expect(() => conforms(response.content['application/json'].schema, { extra: 1 })).toThrow();
  });

  it('describes a confirmation and a refusal with alternatives as they are', async () => {
    const booked = await rest.book();
    conforms(schemas.Confirmation, booked.body);
    const [other = 0] = await rest.world.control.addPatients([
      {
        first_name: 'Otto',
        last_name: 'Tester',
        date_of_birth: '1990-01-01',
        gender: 'Male',
        doctor: 511718,
      },
    ]);
    const taken = await rest.book({ patientid: other });
    expect(taken.status).toBe(409);
    conforms(schemas.Error, taken.body);
  });
});
