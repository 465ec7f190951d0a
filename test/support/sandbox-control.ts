// The sandbox's control API, typed for tests: faults, the calls it has seen, and the front desk's own doings.
import { z } from 'zod';

const call = z.object({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  status: z.number(),
});
export type Call = z.infer<typeof call>;

const row = z.looseObject({
  id: z.string(),
  doctor: z.number(),
  office: z.number(),
  patient: z.number().nullable(),
  exam_room: z.number(),
  scheduled_time: z.string(),
  duration: z.number(),
  status: z.string(),
  notes: z.string(),
  deleted_flag: z.boolean(),
});
export type Row = z.infer<typeof row>;

export interface Fault {
  readonly method?: string;
  readonly path?: string;
  readonly effect:
    | 'status'
    | 'delay'
    | 'drop'
    | 'commit-then-drop'
    | 'commit-then-delay'
    | 'garbage'
    | 'truncate'
    | 'wrong-shape'
    | 'stale-lists';
  readonly times?: number;
  readonly status?: number;
  readonly ms?: number;
}

export interface SandboxControl {
  readonly origin: string;
  fault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Calls to the API (the token endpoint left out) since the last `forgetCalls`. */
  calls(): Promise<readonly Call[]>;
  forgetCalls(): Promise<void>;
  /** Every row, deleted ones included. */
  appointments(): Promise<readonly Row[]>;
  /** A visit made by the front desk, without any check. */
  addAppointment(fields: Record<string, unknown>): Promise<void>;
  patchAppointment(id: string, fields: Record<string, unknown>): Promise<void>;
  addPatients(patients: readonly Record<string, unknown>[]): Promise<readonly number[]>;
  patchPatient(id: string, fields: Record<string, unknown>): Promise<void>;
  /** What the token carries from the next refresh on; the present token is revoked. */
  scopes(scope: string): Promise<void>;
  overlap(scope: 'room' | 'doctor' | 'off'): Promise<void>;
  duplicates(policy: 'made' | 'refused-409' | 'refused-400'): Promise<void>;
  /** Texts that have arrived at the sandbox's phones, oldest first. */
  texts(): Promise<readonly { readonly to: string; readonly body: string }[]>;
  /** Numbers that have answered STOP. */
  optOut(...numbers: readonly string[]): Promise<void>;
  limits(perHour: number, perSecond: number): Promise<void>;
}

export function createSandboxControl(origin: string): SandboxControl {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await fetch(`${origin}/sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`sandbox ${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    origin,
    fault: async (fault) => void (await send('POST', 'faults', fault)),
    clearFaults: async () => void (await send('DELETE', 'faults')),
    async calls() {
      const { calls } = z.object({ calls: z.array(call) }).parse(await send('GET', 'calls'));
      return calls.filter(({ path }) => path.startsWith('/api/'));
    },
    forgetCalls: async () => void (await send('DELETE', 'calls')),
    async appointments() {
      const answer = await send('GET', 'appointments');
      return z
        .union([z.array(row), z.object({ appointments: z.array(row) }).transform((a) => a.appointments)])
        .parse(answer);
    },
    addAppointment: async (fields) => void (await send('POST', 'appointments', fields)),
    patchAppointment: async (id, fields) => void (await send('PATCH', `appointments/${id}`, fields)),
    patchPatient: async (id, fields) => void (await send('PATCH', `patients/${id}`, fields)),
    async addPatients(patients) {
      const answer = await send('POST', 'patients', patients);
      return z.object({ ids: z.array(z.number()) }).parse(answer).ids;
    },
    async scopes(scope) {
      await send('PUT', 'scopes', { scope });
      await send('POST', 'revoke');
    },
    duplicates: async (policy) => void (await send('PUT', 'duplicates', { policy })),
    async texts() {
      const text = z.object({ to: z.string(), body: z.string() });
      return z.object({ messages: z.array(text) }).parse(await send('GET', 'messages')).messages;
    },
    optOut: async (...numbers) => void (await send('PUT', 'opted-out', { numbers })),
    overlap: async (scope) => void (await send('PUT', 'overlap', { scope })),
    limits: async (perHour, perSecond) => void (await send('PUT', 'limits', { perHour, perSecond })),
  };
}
