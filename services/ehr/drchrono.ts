// DrChrono behind the `Ehr` port: which call answers which question.
import type { z } from 'zod';
import { type LocalDate, type NewAppointment, ok } from '../domain.ts';
import type { Clock, Ehr, EhrState, Log, Priority } from '../ports.ts';

import { createBreaker } from './breaker.ts';
import { createBudget, type Limits } from './budget.ts';
import { createCachedList } from './cached-list.ts';
import { createClient, type Target } from './client.ts';
import { computeStarts, type Hours } from './computed-slots.ts';
import { contactRows } from './contact.wire.ts';
import { doctorRow, officeRow, visitTypeRow } from './drchrono.wire.ts';
import { createHttp } from './http.ts';
import { createOauth } from './oauth.ts';
import { createOpenSlotsReader } from './open-slots.ts';
import { appointmentBody, changeBody, chartBody } from './sent.wire.ts';
import type { TokenVault } from './token-vault.ts';
import { appointmentRows, chartRows, patientRows } from './usual-rows.ts';
import { parseRow, rowOf } from './wire.ts';

/** The vendor's own limits: per clock hour and per second, for the whole API application. */
const VENDOR_LIMITS: Limits = { perHour: 500, perSecond: 10 };
const TIMEOUT_MS = 8_000;

export interface DrchronoOptions {
  /** Which system the ids belong to; `drchrono` unless told. */
  readonly name?: string;
  /** An origin; `/api/...` and `/o/token/` are appended. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seeds the vault; a stored, rotated token wins unless this has changed since. */
  readonly refreshTokenSetting: string | undefined;
  readonly tokens: TokenVault;
  /** Hours for computed slots at an office that says it is open all day. */
  readonly openHours: Hours;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Limits;
  /** For one whole exchange. */
  readonly timeoutMs?: number;
}

/** Expected failures come back as values (`client.ts` has the table); nothing is called before the first question or `start`. */
export function createDrchronoEhr(options: DrchronoOptions): Ehr {
  const { baseUrl, clock, log } = options;
  const http = createHttp(options.timeoutMs ?? TIMEOUT_MS);
  const budget = createBudget(options.limits ?? VENDOR_LIMITS, clock);
  const breaker = createBreaker(clock);
  const oauth = createOauth({ ...options, http, onCall: budget.spend });
  const client = createClient({ baseUrl, http, oauth, budget, breaker, clock, log });

  /** A whole collection, without the rows that a schema answers `undefined` for, as `arranged` once a reading. */
  function listed<T, Item>(
    collection: string,
    schema: z.ZodType<T | undefined>,
    arranged: (rows: readonly T[]) => readonly Item[],
  ) {
    const row = rowOf(schema);
    return createCachedList(async (priority: Priority) => {
      const rows = await client.readAll({ label: collection, path: `/api/${collection}` }, row, priority);
      return rows.ok ? ok(arranged(rows.value.filter((value) => value !== undefined))) : rows;
    }, clock);
  }
  const offices = listed('offices', officeRow, (rows) => rows);
  const doctors = listed('doctors', doctorRow, (rows) => rows);
  const visitTypes = listed('appointment_profiles', visitTypeRow, (rows) =>
    rows.toSorted((a, b) => a.order - b.order).map(({ type }) => type),
  );
  const openSlots = createOpenSlotsReader({
    client,
    compute: async (query, priority) =>
      computeStarts(client, await offices(priority), options.openHours, query, priority),
    clock,
    log,
  });

  return {
    name: options.name ?? 'drchrono',
    offices,
    doctors,
    visitTypes,
    openSlots: openSlots.read,
    knowsOpenSlots: openSlots.knows,
    forgetOpenSlots: openSlots.forget,
    async patientsBornOn(birthDate, priority) {
      const rows = await client.readAll(
        { label: 'patients', path: '/api/patients', query: { date_of_birth: birthDate } },
        chartRows,
        priority,
      );
      // Held against the date again: a filter that the EHR ignored would otherwise pass every chart on.
      return rows.ok ? ok(rows.value.filter(({ patient }) => patient.birthDate === birthDate)) : rows;
    },
    patient: (id, priority) =>
      client.read(one('patients', id), (body) => parseRow('patient', patientRows, body), priority),
    contact: (id, priority) =>
      client.read(one('patients', id), (body) => parseRow('contact', contactRows, body), priority),
    async createAppointment(appointment) {
      const body = appointmentBody(appointment);
      if (!body.ok) return body;
      const created = await client.create(
        { label: 'create appointment', path: '/api/appointments' },
        body.value,
        appointmentRows,
      );
      if (created.ok) openSlots.forget(appointment.doctorId, dayOf(appointment));
      return created;
    },
    async createPatient(chart) {
      const body = chartBody(chart);
      if (!body.ok) return body;
      return client.create({ label: 'create patient', path: '/api/patients' }, body.value, patientRows);
    },
    appointmentsOn: ({ date, toDate, doctorId, officeId }, priority) =>
      client.readAll(
        {
          label: 'appointments',
          path: '/api/appointments',
          query: {
            ...(toDate === undefined || toDate === date ? { date } : { date_range: `${date}/${toDate}` }),
            ...(doctorId === undefined ? {} : { doctor: doctorId }),
            ...(officeId === undefined ? {} : { office: officeId }),
          },
        },
        appointmentRows,
        priority,
      ),
    appointment: (id, priority) =>
      client.read(
        one('appointments', id),
        (body) => parseRow('appointment', appointmentRows, body),
        priority,
      ),
    async appointmentsOf(patient, fromDate, toDate, priority) {
      const query = { patient, date_range: `${fromDate}/${toDate}` };
      const rows = await client.readAll(
        { label: 'appointments of a patient', path: '/api/appointments', query },
        appointmentRows,
        priority,
      );
      // Held against the patient again: a filter that the EHR ignored would otherwise show somebody else's visits.
      return rows.ok ? ok(rows.value.filter((row) => row.patientId === patient)) : rows;
    },
    changeAppointment: (id, change) => client.change(one('appointments', id), changeBody(change)),
    state: () => stateOf(oauth.connection(), budget.blockedMs(), breaker.pausedMs(), breaker.failing()),
    async start() {
      const warmed = await Promise.all([offices('browsing'), doctors('browsing'), visitTypes('browsing')]);
      const problem = warmed.find((result) => !result.ok);
      if (problem !== undefined && !problem.ok) log.warn('ehr not ready', { kind: problem.error.kind });
    },
    stop() {
      http.close();
      return Promise.resolve();
    },
  };
}

function one(collection: string, id: string): Target {
  return { label: `${collection} by id`, path: `/api/${collection}/${encodeURIComponent(id)}` };
}

function dayOf({ localStart }: NewAppointment): LocalDate {
  return localStart.slice(0, 10);
}

/** The most lasting trouble first. */
function stateOf(
  connection: ReturnType<ReturnType<typeof createOauth>['connection']>,
  blockedMs: number,
  pausedMs: number,
  failing: boolean,
): EhrState {
  if (connection.state === 'not-connected') return connection;
  if (connection.state === 'connected' && connection.missing.length > 0)
    return { state: 'missing-scopes', scopes: connection.missing };
  if (blockedMs > 0) return { state: 'throttled', retryAfterSeconds: Math.ceil(blockedMs / 1_000) };
  if (pausedMs > 0) return { state: 'paused', retryAfterSeconds: Math.ceil(pausedMs / 1_000) };
  return failing || connection.state === 'not-yet-known' ? { state: 'unreachable' } : { state: 'ready' };
}
