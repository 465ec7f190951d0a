// REST on a real port over the real use cases, the JSON store and the sandbox practice.
import type { Server } from 'restify';
import { expect } from 'vitest';
import type { Limits } from '../../bot/limits.ts';
import { mountRest } from '../../bot/rest.ts';
import { close, createHttpServer, listen } from '../../bot/server.ts';
import { openWorld, type World } from '../support/world.ts';
import { looseLimits, testIds, testLog } from './support.ts';

export const apiKey = 'an-invented-api-key';
export const authorization = `Bearer ${apiKey}`;

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}
type Headers = Readonly<Record<string, string>>;

export interface RestRig {
  readonly world: World;
  /** Wilma, an invented patient. */
  readonly patientid: number;
  get(path: string, headers?: Headers): Promise<Answer>;
  /** Posts a booking of March 10, 2026, 8:00, with Dr. John Doe at Main Street, changed by `fields`. */
  book(fields?: object, headers?: Headers): Promise<Answer>;
  send(body: string, headers?: Headers): Promise<Answer>;
  /** Wilma's live rows in the EHR. */
  booked(): Promise<readonly object[]>;
  /** Ends the process's part and starts it again on the same folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Tuesday, March 3, 2026, 9:00 in New York. */
export async function startRest(
  { key, limits }: { readonly key: string | undefined; readonly limits?: Limits } = { key: apiKey },
): Promise<RestRig> {
  const world = await openWorld();
  let served = await serve(world, key, limits);
  const [patientid = 0] = await world.control.addPatients([
    {
      first_name: 'Wilma',
      last_name: 'Tester',
      date_of_birth: '1990-01-01',
      gender: 'Female',
      doctor: 511718,
    },
  ]);

  async function answerOf(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(served.origin + path, init);
    return { status: response.status, body: await response.json() };
  }
  const send: RestRig['send'] = (body, headers = {}) =>
    answerOf('/api/appointments', {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body,
    });
  return {
    world,
    patientid,
    get: (path, headers = { authorization }) => answerOf(path, { headers }),
    send,
    book(fields = {}, headers = {}) {
      const visit = { doctorid: 511718, officeid: 123456, scheduled_time: '2026-03-10T08:00', duration: 30 };
      return send(JSON.stringify({ patientid, ...visit, ...fields }), headers);
    },
    booked: async () =>
      (await world.control.appointments()).filter(
        (row) => row.patient === patientid && row.status !== 'Cancelled',
      ),
    async restart() {
      await served.close();
      await world.restart();
      served = await serve(world, key, limits);
    },
    async close() {
      await served.close();
      await world.close();
    },
  };
}

async function serve(world: World, key: string | undefined, limits = looseLimits()) {
  const { useCases, store } = world.now();
  const rest = { apiKey: key, useCases, store, clock: world.clock, limits };
  const mounts = [(routes: Server) => mountRest(routes, rest)];
  const server = createHttpServer({ ids: testIds(), log: testLog(world.clock).log, mounts });
  const port = await listen(server, 0, '127.0.0.1');
  return { origin: `http://127.0.0.1:${port}`, close: () => close(server, 100) };
}

export const confirmation = {
  message: 'Your appointment has been successfully booked.',
  appointmentDetails: {
    appointmentId: expect.stringMatching(/^\d+$/),
    date: '03/10/2026',
    time: '08:00 AM',
    provider: 'Dr. John Doe',
  },
};

/** An error's body: its kind, a sentence, and what else it must hold. */
export const refused = (error: string, more: object = {}) => ({
  error,
  message: expect.stringMatching(/^[A-Z].*\.$/),
  ...more,
});
