// Reading any reply of the EHR: JSON or not, the list envelopes, the throttle's seconds, the names of refused fields.
import { z } from 'zod';
import { fail, ok, type Result } from '../domain.ts';
import type { EhrError } from '../ports.ts';

const LONGEST_THROTTLE_SECONDS = 3_600;

/** Parses a JSON body with a schema; a mismatch is `unexpected` with the path of the first wrong member, never a value. */
export function parseReply<T>(label: string, schema: z.ZodType<T>, body: string): Result<T, EhrError> {
  const payload = readJson(body);
  return payload.ok ? parseMember(label, schema, payload.value) : unexpected(label, 'not JSON');
}

/** How one kind of row is read. `usual` gives what the schema would, by hand, or undefined: then the schema judges. */
export interface Row<T> {
  readonly schema: z.ZodType<T>;
  /** Of a whole page: made once, as making a list's schema costs as much as parsing a short page with it. */
  readonly page: z.ZodType<readonly T[]>;
  readonly usual: (row: unknown) => T | undefined;
}

export const rowOf = <T>(schema: z.ZodType<T>, usual: Row<T>['usual'] = () => undefined): Row<T> => ({
  schema,
  page: z.array(schema),
  usual,
});

/** A reply that is one row. */
export function parseRow<T>(label: string, row: Row<T>, body: string): Result<T, EhrError> {
  const payload = readJson(body);
  if (!payload.ok) return unexpected(label, 'not JSON');
  const usual = row.usual(payload.value);
  return usual === undefined ? parseMember(label, row.schema, payload.value) : ok(usual);
}

function parseMember<T>(label: string, schema: z.ZodType<T>, payload: unknown): Result<T, EhrError> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return unexpected(label, issue === undefined ? '' : pathOf(issue).join('.'));
}

/** Where the trouble is; of a union's branches, the one that went deepest before it failed. */
function pathOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  if (issue.code !== 'invalid_union') return issue.path;
  const branches = issue.errors.flatMap(([first]) => (first === undefined ? [] : [pathOf(first)]));
  return [...issue.path, ...(branches.toSorted((a, b) => b.length - a.length)[0] ?? [])];
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string;
}

// The vendor's contract says `data`, the live service says `results`, and some collections come bare.
const envelope = z.union([
  z.array(z.unknown()).transform((rows) => ({ rows, next: undefined })),
  z
    .object({ results: z.array(z.unknown()), next: z.string().nullish() })
    .transform(({ results, next }) => ({ rows: results, next })),
  z
    .object({ data: z.array(z.unknown()), next: z.string().nullish() })
    .transform(({ data, next }) => ({ rows: data, next })),
]);

/** One page of a list: every row must fit, or the whole page is `unexpected` (a partial list would be a guess). */
export function parsePage<T>(label: string, row: Row<T>, body: string): Result<Page<T>, EhrError> {
  const payload = readJson(body);
  if (!payload.ok) return unexpected(label, 'not JSON');
  const page = usualEnvelope(payload.value) ?? parseMember(label, envelope, payload.value);
  if (!page.ok) return page;
  const usual = usualRows(page.value.rows, row);
  const read = usual === undefined ? parseMember(label, row.page, page.value.rows) : ok(usual);
  if (!read.ok) return read;
  const { next } = page.value;
  return ok({ rows: read.value, ...(next ? { next } : {}) });
}

/** The live service's envelope, by hand: the same as the schema's second branch. */
function usualEnvelope(payload: unknown): Result<z.infer<typeof envelope>, never> | undefined {
  if (!isRecord(payload)) return undefined;
  const { results, next } = payload;
  if (!isList(results) || (next !== undefined && next !== null && typeof next !== 'string')) return undefined;
  return ok({ rows: results, next });
}

function usualRows<T>(rows: readonly unknown[], { usual }: Row<T>): readonly T[] | undefined {
  const read: T[] = [];
  for (const row of rows) {
    const value = usual(row);
    if (value === undefined) return undefined;
    read.push(value);
  }
  return read;
}

/** What a schema takes for an object: no list, not null. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Seconds out of `Request was throttled. Expected available in 2295 seconds.`; a second where none are told, an hour at most. */
export function throttleSeconds(body: string): number {
  const seconds = Number(/available in (\d{1,9})/.exec(body)?.[1] ?? 1);
  return Math.min(Math.max(seconds, 1), LONGEST_THROTTLE_SECONDS);
}

/** The field names of a 400's map `{field: [texts]}`; none of a bare list or of prose. */
export function refusedFields(body: string): readonly string[] {
  const payload = readJson(body);
  const map = z.record(z.string(), z.unknown()).safeParse(payload.ok ? payload.value : undefined);
  return map.success
    ? Object.keys(map.data).filter((name) => /^[a-z_]{1,40}$/.test(name) && name !== 'detail')
    : [];
}

export function unexpected(label: string, path: string): { readonly ok: false; readonly error: EhrError } {
  return fail({ kind: 'unexpected', path: path === '' ? label : `${label}: ${path}` });
}

function readJson(body: string): Result<unknown, undefined> {
  try {
    const payload: unknown = JSON.parse(body);
    return ok(payload);
  } catch {
    return fail(undefined);
  }
}
