// A sandbox on a port of its own with a clock that only the test moves, and a client that reads replies as data.
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../services/sandbox/server.ts';

export const SEED_PATH = fileURLToPath(new URL('../../data/practice.json', import.meta.url));

/** Friday, February 14, 2025, 10:00 in New York. */
export const NOW = Date.parse('2025-02-14T15:00:00Z');
export const DOE = 511718;
export const ALVAREZ = 511719;
export const MAIN_STREET = 123456;
export const LAKESIDE = 234567;
export const ANN = 125651758;
/** A Tuesday without seeded visits, on which Dr. Doe is at Main Street. */
export const FREE_TUESDAY = '2025-06-10';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Rig {
  readonly sandbox: Sandbox;
  readonly clock: { now: number };
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** A visit of Ann's with Dr. Doe, 09:00 to 09:30 on the free Tuesday, with changes. */
export const visit = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  doctor: DOE,
  office: MAIN_STREET,
  patient: ANN,
  exam_room: 1,
  scheduled_time: `${FREE_TUESDAY}T09:00`,
  duration: 30,
  ...changes,
});

/** Ask for the limits that the sandbox has when it is told none. */
export const DEFAULT_LIMITS = 'default';
type RigOptions = Pick<Partial<SandboxOptions>, 'overlapScope' | 'stateFolder'> & {
  /** Where the clock stands first, epoch ms; NOW unless told. */
  readonly startsAt?: number;
  readonly limits?: SandboxOptions['limits'] | typeof DEFAULT_LIMITS;
};

/** Limits are out of the way unless a test asks for them. Closed when the test ends. */
export async function rig(options: RigOptions = {}): Promise<Rig> {
  const { startsAt = NOW, limits = { perHour: 100_000, perSecond: 100_000 }, ...others } = options;
  const clock = { now: startsAt };
  const sandbox = await startSandbox({
    seedPath: SEED_PATH,
    port: 0,
    now: () => clock.now,
    ...others,
    ...(limits !== DEFAULT_LIMITS && { limits }),
  });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    clock,
    async call(method, path, body, headers) {
      const response = await fetch(sandbox.origin + path, {
        method,
        redirect: 'manual',
        headers: {
          Authorization: `Bearer ${sandbox.curlToken}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}

const objectSchema = z.record(z.string(), z.unknown());
const pageSchema = z.strictObject({
  previous: z.url().nullable(),
  results: z.array(objectSchema),
  next: z.url().nullable(),
});

export const parsed = (answer: Answer): unknown => JSON.parse(answer.text);
export const object = (answer: Answer): Record<string, unknown> => objectSchema.parse(parsed(answer));
export const page = (answer: Answer): z.infer<typeof pageSchema> => pageSchema.parse(parsed(answer));
export const ids = (answer: Answer): unknown[] => page(answer).results.map((row) => row['id']);

/** A token call with the sandbox's own client, with changes. */
export async function token({ sandbox, call }: Rig, fields: Record<string, string>): Promise<Answer> {
  const form = new URLSearchParams({
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    ...fields,
  });
  return call('POST', '/o/token/', form.toString(), { 'Content-Type': 'application/x-www-form-urlencoded' });
}

/** Creates a visit that must succeed; its id. */
export async function book({ call }: Rig, changes: Record<string, unknown> = {}): Promise<string> {
  const answer = await call('POST', '/api/appointments', visit(changes));
  if (answer.status !== 201) throw new Error(`not booked: ${answer.status} ${answer.text}`);
  return String(object(answer)['id']);
}

/** Orders a fault; its id. */
export async function fault({ call }: Rig, fields: Record<string, unknown>): Promise<unknown> {
  const answer = await call('POST', '/sandbox/faults', fields);
  if (answer.status !== 201) throw new Error(`no fault: ${answer.text}`);
  return object(answer)['id'];
}

/** The calls that the sandbox has noted. */
export const calls = async ({ call }: Rig): Promise<unknown> =>
  object(await call('GET', '/sandbox/calls'))['calls'];

/** Ids of the visits on the free Tuesday, as the list shows them. */
export const onFreeTuesday = async ({ call }: Rig): Promise<unknown[]> =>
  ids(await call('GET', `/api/appointments?date=${FREE_TUESDAY}`));
