// Failures to order: each fault matches calls by method and path and does one harm, a given number of times.
import { z } from 'zod';
import { json, type Reply } from './http.ts';
import { throttled } from './limits.ts';

const EFFECTS = [
  'status',
  'delay',
  'drop',
  'commit-then-drop',
  'commit-then-delay',
  'garbage',
  'truncate',
  'wrong-shape',
  'stale-lists',
] as const;
const STALE_MS = 3000;

export const faultSchema = z
  .strictObject({
    method: z.string().toUpperCase().optional(),
    /** Matches if the request's path starts with it. */
    path: z.string().startsWith('/').optional(),
    effect: z.enum(EFFECTS),
    /** 0: until removed. */
    times: z.int().min(0).default(1),
    status: z.int().min(200).max(599).optional(),
    body: z.json().optional(),
    contentType: z.string().optional(),
    ms: z.int().min(0).max(600_000).optional(),
  })
  .refine(
    (fault) => fault.effect !== 'status' || fault.status !== undefined,
    'effect "status" needs a status',
  )
  .refine(
    (fault) => !fault.effect.endsWith('delay') || fault.ms !== undefined,
    'effects "delay" and "commit-then-delay" need ms',
  );

export type Fault = z.infer<typeof faultSchema> & { readonly id: number };

/** The harm one call comes to: a wait, how old its list reads, and at most one fault of its reply. */
interface Harm {
  readonly delayMs: number;
  readonly staleMs: number;
  readonly reply: Fault | undefined;
}

export interface Faults {
  add(fault: z.infer<typeof faultSchema>): Fault;
  list(): readonly Fault[];
  remove(id: number): boolean;
  clear(): void;
  /** Uses up one time of each fault that strikes this call; of several of a sort, the oldest. */
  strike(call: { readonly method: string; readonly path: string; readonly isList: boolean }): Harm;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  let nextId = 1;
  const use = (fault: Fault | undefined): Fault | undefined => {
    if (fault?.times === 1) faults = faults.filter(({ id }) => id !== fault.id);
    else if (fault && fault.times > 1)
      faults = faults.map((each) => (each.id === fault.id ? { ...each, times: each.times - 1 } : each));
    return fault;
  };
  return {
    add(fault) {
      const added = { ...fault, id: nextId++ };
      faults.push(added);
      return added;
    },
    list: () => faults,
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    strike({ method, path, isList }) {
      const matching = faults.filter(
        (fault) => (fault.method ?? method) === method && path.startsWith(fault.path ?? '/'),
      );
      const stale = isList ? use(matching.find(({ effect }) => effect === 'stale-lists')) : undefined;
      const delay = use(matching.find(({ effect }) => effect === 'delay'));
      const reply = use(matching.find(({ effect }) => effect !== 'stale-lists' && effect !== 'delay'));
      return { delayMs: delay?.ms ?? 0, staleMs: stale ? (stale.ms ?? STALE_MS) : 0, reply };
    },
  };
}

/** What a `status` fault answers: its own body, or the one DrChrono gives with that status. */
export function faultReply(fault: Fault): Reply {
  const { status = 500, body, contentType } = fault;
  if (body !== undefined) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return {
      status,
      contentType: contentType ?? (typeof body === 'string' ? 'text/html' : 'application/json'),
      body: text,
    };
  }
  if (status === 401) return unauthorized();
  if (status === 429) return throttled(30);
  if (status >= 500) return { status, contentType: 'text/html', body: '<h1>Server Error</h1>' };
  return status === 204
    ? { status, contentType: 'text/html', body: '' }
    : json(status, { detail: 'Refused.' });
}

/** A good reply made unreadable; the call itself was carried out. */
export function spoil(reply: Reply, effect: Fault['effect']): Reply {
  if (effect === 'garbage') return { status: 200, contentType: 'text/html', body: '<html>Please wait...' };
  if (effect === 'truncate')
    return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
  if (effect === 'wrong-shape')
    return { ...reply, contentType: 'application/json', body: '{"surprise":[1,"two",null]}' };
  return reply;
}

/** Plain text under text/html, as recorded: a client that parses JSON here breaks. */
export const unauthorized = (): Reply => ({
  status: 401,
  contentType: 'text/html',
  body: 'Authorization failed.',
  headers: {
    'WWW-Authenticate': 'Bearer error="invalid_token",error_description="The access token is invalid."',
  },
});
