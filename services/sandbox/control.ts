// /sandbox/...: the tester's side door. Orders failures, lists calls, writes as the front desk does, turns the knobs.
import { z } from 'zod';
import { verboseAppointment } from './appointment-wire.ts';
import { changeAppointment, createAppointment } from './appointments.ts';
import { type Faults, faultSchema } from './faults.ts';
import { json, methodNotAllowed, noContent, notFound, type Reply } from './http.ts';
import type { Limits } from './limits.ts';
import type { OAuth } from './oauth.ts';
import type { OverlapScope } from './overlap.ts';
import { changePatient, createPatient, type DuplicatePolicy } from './patients.ts';
import type { Practice } from './rows.ts';
import { type Phone, phonePage } from './twilio.ts';
import type { Webhooks } from './webhooks.ts';

export interface Call {
  /** ISO instant. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** 0 while unanswered, and for a connection that was cut. */
  status: number;
}

/** Everything that the control API can change; `reset` puts all of it back. */
export interface World {
  practice: Practice;
  overlapScope: OverlapScope;
  duplicates: DuplicatePolicy;
  limits: Limits;
  /** Epoch ms the clock stands at; undefined: it runs. */
  clockAt: number | undefined;
  calls: Call[];
  phone: Phone;
  readonly faults: Faults;
  readonly oauth: OAuth;
  readonly webhooks: Webhooks;
  now(): number;
  reset(): void;
}

type Handler = (world: World, body: unknown, id: string) => Reply | Promise<Reply>;

const fields = z.record(z.string(), z.unknown());
const list = z.union([z.array(fields), fields.transform((one) => [one])]);
const limitsSchema = z.strictObject({ perHour: z.int().positive(), perSecond: z.int().positive() });
const overlapSchema = z.strictObject({ scope: z.enum(['room', 'doctor', 'off']) });
const duplicatesSchema = z.strictObject({ policy: z.enum(['made', 'refused-409', 'refused-400']) });
const clockSchema = z.strictObject({ now: z.iso.datetime({ offset: true }).nullable() });
const scopesSchema = z.strictObject({ scope: z.string() });
const webhookSchema = z.strictObject({
  /** This machine only: charts are in the events. */
  url: z.url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/ }),
  secretToken: z.string().min(1),
  held: z.boolean().default(false),
});
const optOutSchema = z.strictObject({ numbers: z.array(z.string().regex(/^\+\d{8,15}$/)).max(1000) });
const idsSchema = z.strictObject({ ids: z.array(z.int()).max(1000) });
const createdSchema = z.object({ id: z.union([z.string(), z.number()]) });

const frontDesk = (world: World) => ({ now: world.now(), overlapScope: 'off', frontDesk: true }) as const;

const HANDLERS: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  faults: {
    GET: (world) => json(200, { faults: world.faults.list() }),
    POST: (world, body) => json(201, { id: world.faults.add(faultSchema.parse(body)).id }),
    DELETE(world, _, id) {
      if (id !== '') return world.faults.remove(Number(id)) ? noContent() : notFound();
      world.faults.clear();
      return noContent();
    },
  },
  calls: {
    GET: (world) => json(200, { calls: world.calls }),
    DELETE(world) {
      world.calls = [];
      return noContent();
    },
  },
  patients: {
    POST: (world, body) =>
      createEach(body, (one) => createPatient(world.practice, one, { now: world.now(), duplicates: 'made' })),
    PATCH: (world, body, id) => changePatient(world.practice, id, fields.parse(body), world.now()),
  },
  appointments: {
    GET: ({ practice }) =>
      json(200, { appointments: [...practice.appointments.values()].map(verboseAppointment) }),
    POST: (world, body) =>
      createEach(body, (one) => createAppointment(world.practice, one, frontDesk(world))),
    PATCH: (world, body, id) =>
      changeAppointment(world.practice, id, fields.parse(body), frontDesk(world), false),
  },
  phone: { GET: ({ phone }) => phonePage(phone) },
  messages: {
    GET: ({ phone }) => json(200, { messages: phone.texts }),
    DELETE({ phone }) {
      phone.texts.length = 0;
      return noContent();
    },
  },
  'opted-out': {
    PUT({ phone }, body) {
      const { numbers } = optOutSchema.parse(body);
      phone.optedOut.clear();
      for (const number of numbers) phone.optedOut.add(number);
      return noContent();
    },
  },
  limits: {
    PUT(world, body) {
      world.limits = limitsSchema.parse(body);
      return noContent();
    },
  },
  overlap: {
    PUT(world, body) {
      world.overlapScope = overlapSchema.parse(body).scope;
      return noContent();
    },
  },
  duplicates: {
    PUT(world, body) {
      world.duplicates = duplicatesSchema.parse(body).policy;
      return noContent();
    },
  },
  clock: {
    PUT(world, body) {
      const { now } = clockSchema.parse(body);
      world.clockAt = now === null ? undefined : Date.parse(now);
      return noContent();
    },
  },
  scopes: {
    PUT(world, body) {
      world.oauth.carry(scopesSchema.parse(body).scope);
      return noContent();
    },
  },
  webhook: {
    async PUT({ webhooks }, body) {
      const verified = await webhooks.register(webhookSchema.parse(body));
      return verified ? noContent() : json(400, { detail: 'The receiver did not answer the verification.' });
    },
  },
  deliveries: {
    GET: ({ webhooks }) => json(200, { deliveries: webhooks.list() }),
    async POST({ webhooks }, body) {
      await webhooks.send(idsSchema.parse(body).ids);
      return json(200, { deliveries: webhooks.list() });
    },
  },
  revoke: {
    POST(world) {
      world.oauth.revokeAccess();
      return noContent();
    },
  },
  reset: {
    POST(world) {
      world.reset();
      return noContent();
    },
  },
};

/** Creates one or a list, up to the first that is refused, whose reply is passed on. */
function createEach(body: unknown, create: (one: z.infer<typeof fields>) => Reply): Reply {
  const ids: (string | number)[] = [];
  for (const one of list.parse(body)) {
    const reply = create(one);
    if (reply.status !== 201) return reply;
    ids.push(createdSchema.parse(JSON.parse(reply.body)).id);
  }
  return json(201, { ids });
}

/** Answers a control call; a body that does not fit is 400 with zod's own words. */
export async function answerControl(
  world: World,
  method: string,
  path: string,
  body: unknown,
): Promise<Reply> {
  const [, , name = '', id = '', extra] = path.split('/');
  const handlers = Object.hasOwn(HANDLERS, name) ? HANDLERS[name] : undefined;
  if (!handlers || extra !== undefined) return notFound();
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (!handler) return methodNotAllowed(method, Object.keys(handlers).join(', '));
  try {
    return await handler(world, body, id);
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { detail: z.prettifyError(error) });
    throw error;
  }
}
