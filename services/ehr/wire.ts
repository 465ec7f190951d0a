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
export function parsePage<T>(
  label: string,
  rows: z.ZodType<readonly T[]>,
  body: string,
): Result<Page<T>, EhrError> {
  const page = parseReply(label, envelope, body);
  if (!page.ok) return page;
  const read = parseMember(label, rows, page.value.rows);
  if (!read.ok) return read;
  const { next } = page.value;
  return ok({ rows: read.value, ...(next ? { next } : {}) });
}

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
