// What slows guessing down: how long a claim that came to nothing waits, and how many codes a chart or a contact gets in an hour. On disk.
import { type ClaimCount, readClaimCount, readCodeCount } from './identity-documents.ts';
import type { Store, StoreOp } from './ports.ts';
import { instantAt, msOf } from './wall-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Until the same claim may be made again, after it was made once, twice, three times or more without its code. */
const pausesMs = [minuteMs, 5 * minuteMs, 30 * minuteMs] as const;
/** A claim that nobody has repeated for so long begins anew. */
const forgottenAfterMs = 24 * hourMs;
const codesAnHour = 3;

/** Whole minutes, at least one; 0 where the claim may be made now. */
export async function waitMinutes(store: Pick<Store, 'get'>, id: string, nowMs: number): Promise<number> {
  const found = await store.get('token', id);
  if (found === undefined) return 0;
  return Math.max(0, Math.ceil((readClaimCount(found).nextAtMs - nowMs) / minuteMs));
}

/** One more claim that has come to nothing so far. */
export async function claimCounted(
  store: Pick<Store, 'get'>,
  id: string,
  subject: string,
  nowMs: number,
): Promise<StoreOp> {
  const found = await store.get('token', id);
  const kept = found === undefined ? undefined : readClaimCount(found);
  const before = kept !== undefined && nowMs < msOf(kept.endsAt) ? kept.count : 0;
  const pauseMs = pausesMs[Math.min(before, pausesMs.length - 1)] ?? 0;
  return put(id, {
    what: 'claim',
    subject,
    count: before + 1,
    nextAtMs: nowMs + pauseMs,
    endsAt: instantAt(nowMs + forgottenAfterMs),
  });
}

/** The claim has come to something: it begins anew. Kept on, as where else it was typed is found by it when the patient's data are deleted. */
export const claimSucceeded = (id: string, subject: string, nowMs: number): StoreOp =>
  put(id, {
    what: 'claim',
    subject,
    count: 0,
    nextAtMs: nowMs,
    endsAt: instantAt(nowMs + forgottenAfterMs),
  });

const put = (id: string, document: ClaimCount): StoreOp => ({
  op: 'put',
  kind: 'token',
  id,
  document: { ...document },
});

export interface CodeAllowance {
  /** 0: one more code may go out. Else whole minutes until one may. */
  readonly waitMinutes: number;
  /** Counts it, or writes the same anew. */
  readonly op: StoreOp;
}

/** Whether one more code of this hour may go to a chart or a contact. Whoever asks writes the answer down before another asks. */
export async function codeAllowed(
  store: Pick<Store, 'get'>,
  id: string,
  subject: string,
  nowMs: number,
): Promise<CodeAllowance> {
  const found = await store.get('token', id);
  const before = found === undefined ? [] : readCodeCount(found).askedAtMs;
  const recent = before.filter((atMs) => atMs > nowMs - hourMs);
  const [oldest = nowMs] = recent;
  const isFree = recent.length < codesAnHour;
  const askedAtMs = isFree ? [...recent, nowMs] : recent;
  return {
    waitMinutes: isFree ? 0 : Math.max(1, Math.ceil((oldest + hourMs - nowMs) / minuteMs)),
    op: {
      op: 'put',
      kind: 'token',
      id,
      document: { what: 'codes', subject, askedAtMs, endsAt: instantAt(nowMs + hourMs) },
    },
  };
}
