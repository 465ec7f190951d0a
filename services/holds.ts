// Times held for a conversation while its patient reads the check: ours alone, the EHR does not know them. In memory, and in the store for a restart.
import { hash } from 'node:crypto';
import { type Busy, firstFrom, intervalOf } from './availability.ts';
import { holdDocument, readHold } from './documents.ts';
import type { DoctorId, Instant, PatientId } from './domain.ts';
import type { Clock, Log, Store } from './ports.ts';
import type { Holder } from './use-cases.ts';
import { instantAt, msOf } from './wall-time.ts';

export interface Hold extends Busy {
  /** Names the conversation without telling it. */
  readonly id: string;
  readonly patientId: PatientId;
  readonly doctorId: DoctorId;
  readonly expiresAt: Instant;
}

/** A time of a doctor, at whatever office. */
export interface HeldVisit {
  readonly doctorId: DoctorId;
  readonly startsAt: Instant;
  readonly durationMinutes: number;
}

export interface Holds {
  /** Times of a doctor that others hold, ascending; the same array until one comes or goes. */
  ofOthers(doctor: DoctorId, me: Holder | undefined): Promise<readonly Busy[]>;
  /** False where somebody else holds the time or is booking it. Replaces what the conversation and the patient held before. */
  take(visit: HeldVisit, me: Required<Holder>): Promise<boolean>;
  /** For a booking while it works: nobody else can take the time until the answer is called. Undefined where somebody else holds it. */
  claim(visit: HeldVisit, me: Holder): Promise<(() => void) | undefined>;
  /** Lets go of what the conversation holds. No write where that is nothing. */
  release(conversationId: string): Promise<void>;
  /** Lets go of all that is in the way of a visit: it has been booked. */
  releaseOver(visit: HeldVisit): Promise<void>;
  /** Removes those whose time is over. */
  sweep(): Promise<void>;
}

interface Claim extends Busy {
  readonly doctorId: DoctorId;
  readonly me: Holder;
}

const none: readonly Hold[] = [];

/**
 * What is held is decided in memory, without a pause between looking and taking: one process writes the embedded store. Nobody
 * waits for a hold's write: the turn that takes it saves its conversation behind it before it answers. One that a dying
 * process could not write, or not remove, is lost, or stays until its time.
 */
export function createHolds(
  store: Pick<Store, 'all' | 'batch' | 'remove'>,
  clock: Pick<Clock, 'now'>,
  log: Log,
  holdSeconds: number,
): Holds {
  /** All that the store has, those whose time is over included. */
  const kept = new Map<string, Hold>();
  const ofPatient = new Map<PatientId, Hold>();
  /** Ascending by start. */
  const ofDoctor = new Map<DoctorId, readonly Hold[]>();
  const claims = new Set<Claim>();
  let loading: Promise<void> | undefined;

  const write = (writing: Promise<unknown>): void => {
    writing.catch((error: unknown) =>
      log.warn('hold not written', { reason: error instanceof Error ? error.name : 'unknown' }),
    );
  };
  const forget = (hold: Hold): void => {
    kept.delete(hold.id);
    if (ofPatient.get(hold.patientId) === hold) ofPatient.delete(hold.patientId);
    const others = (ofDoctor.get(hold.doctorId) ?? none).filter((other) => other !== hold);
    if (others.length > 0) ofDoctor.set(hold.doctorId, others);
    else ofDoctor.delete(hold.doctorId);
  };
  const drop = (hold: Hold): void => {
    forget(hold);
    write(store.remove('hold', hold.id));
  };
  const keep = (hold: Hold): void => {
    kept.set(hold.id, hold);
    ofPatient.set(hold.patientId, hold);
    const others = ofDoctor.get(hold.doctorId) ?? none;
    ofDoctor.set(hold.doctorId, others.toSpliced(firstFrom(others, hold.startsAt), 0, hold));
  };
  const load = async (): Promise<void> => {
    for (const stored of await store.all('hold')) {
      const hold = readHold(stored);
      if (hold === undefined) write(store.remove('hold', stored.id));
      else keep(hold);
    }
  };
  const loaded = (): Promise<void> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };

  const live = (doctor: DoctorId): readonly Hold[] => {
    const all = ofDoctor.get(doctor) ?? none;
    if (all.length === 0) return all;
    const now = instantAt(clock.now());
    if (all.every(({ expiresAt }) => expiresAt > now)) return all;
    const still = all.filter(({ expiresAt }) => expiresAt > now);
    ofDoctor.set(doctor, still);
    return still;
  };
  const othersOf = (doctor: DoctorId, me: Holder | undefined): readonly Hold[] => {
    const all = live(doctor);
    if (me === undefined || all.length === 0) return all;
    const id = me.conversationId === undefined ? undefined : idOf(me.conversationId);
    const isMine = (hold: Hold): boolean => hold.id === id || hold.patientId === me.patientId;
    return all.some(isMine) ? all.filter((hold) => !isMine(hold)) : all;
  };
  const isInTheWay = (visit: HeldVisit, me: Holder): boolean => {
    const wanted = busyOf(visit);
    return (
      othersOf(visit.doctorId, me).some((hold) => overlap(hold, wanted)) ||
      claims
        .values()
        .some((claim) => claim.doctorId === visit.doctorId && !isSame(claim.me, me) && overlap(claim, wanted))
    );
  };

  return {
    async ofOthers(doctor, me) {
      await loaded();
      return othersOf(doctor, me);
    },
    async take(visit, me) {
      await loaded();
      if (holdSeconds === 0) return true;
      if (isInTheWay(visit, me)) return false;
      const { patientId } = me;
      const { doctorId } = visit;
      const id = idOf(me.conversationId);
      const now = clock.now();
      const expiresAt = instantAt(now + holdSeconds * 1000);
      const next: Hold = { id, patientId, doctorId, ...busyOf(visit), expiresAt };
      const before = kept.get(id);
      if (before !== undefined && msOf(before.expiresAt) > now && isAlike(before, next)) return true;
      if (before !== undefined) forget(before);
      const elsewhere = ofPatient.get(patientId);
      if (elsewhere !== undefined) drop(elsewhere);
      keep(next);
      write(store.batch([{ op: 'put', kind: 'hold', id, document: holdDocument(next) }]));
      return true;
    },
    async claim(visit, me) {
      await loaded();
      if (isInTheWay(visit, me)) return undefined;
      const claim: Claim = { doctorId: visit.doctorId, me, ...busyOf(visit) };
      claims.add(claim);
      return () => void claims.delete(claim);
    },
    async release(conversationId) {
      await loaded();
      const hold = kept.size === 0 ? undefined : kept.get(idOf(conversationId));
      if (hold !== undefined) drop(hold);
    },
    async releaseOver(visit) {
      await loaded();
      const booked = busyOf(visit);
      for (const hold of live(visit.doctorId)) if (overlap(hold, booked)) drop(hold);
    },
    async sweep() {
      await loaded();
      const now = instantAt(clock.now());
      for (const hold of [...kept.values()]) if (hold.expiresAt <= now) drop(hold);
    },
  };
}

// A conversation id may hold a phone number: its hash may be an id.
const idOf = (conversationId: string): string => hash('sha256', conversationId, 'base64url').slice(0, 27);

const busyOf = (visit: HeldVisit): Busy => ({
  startsAt: visit.startsAt,
  endsAt: instantAt(intervalOf(visit).endMs),
});

/** Half-open; instants in UTC sort as text. */
const overlap = (a: Busy, b: Busy): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

const isSame = (a: Holder, b: Holder): boolean =>
  (a.conversationId !== undefined && a.conversationId === b.conversationId) ||
  (a.patientId !== undefined && a.patientId === b.patientId);

const isAlike = (a: Hold, b: Hold): boolean =>
  a.patientId === b.patientId &&
  a.doctorId === b.doctorId &&
  a.startsAt === b.startsAt &&
  a.endsAt === b.endsAt;
