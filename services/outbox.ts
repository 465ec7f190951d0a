// The outbox: sends each message owed once, keeps trying while the other side is away, drops what is no longer true, and gives up loudly.
import { nameOf } from './booking-settle.ts';
import { readBooking, type StoredBooking, sequenceOf } from './documents.ts';
import type { BookingId } from './domain.ts';
import { deadLetters, type Owed, owedDocument, readOwed } from './owed.ts';
import type { Clock, Ehr, Log, Notifier, Store } from './ports.ts';
import { noticeOf } from './visit-notice.ts';
import { instantAt, msOf, wallTimeOf } from './wall-time.ts';

const lookEveryMs = 2_000;
const atATime = 100;
/** Whoever claimed a message this long ago does not live any more. */
const claimMs = 600_000;
const firstPauseMs = 60_000;
const longestPauseMs = 3_600_000;
/** A message that nobody has taken for a day is a dead letter. */
const givenUpAfterMs = 86_400_000;
/** Whoever has booked this lately is still awake. */
const awakeMs = 600_000;

export interface OutboxDeps {
  readonly store: Store;
  readonly ehr: Pick<Ehr, 'contact' | 'offices'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly notifiers: readonly Notifier[];
  /** The booking as it is now, in the EHR too where that has not been asked lately. */
  readonly bookingNow: (id: BookingId) => Promise<StoredBooking | undefined>;
}

export interface Outbox {
  /** Once over everything that is due; resolves when done. */
  run(): Promise<void>;
  /** At once, then every two seconds. What it returns ends that: no other message is begun, and it resolves when the present one has ended. */
  start(): () => Promise<void>;
}

/** How a message goes on: `away` means that the others need not be tried now either. */
type Step = 'done' | 'away';

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, clock, log } = deps;
  let running: Promise<void> | undefined;
  let stopping = false;

  /** One message after the other, oldest first; the channels do not wait for each other. */
  async function sendDue(notifier: Notifier): Promise<void> {
    const { channel } = notifier;
    const range = { from: `${channel}|`, to: `${channel}|${instantAt(clock.now() + 1)}`, limit: atATime };
    for (const { id } of await store.list('message', 'due', range)) {
      if (stopping) return;
      try {
        // Another worker leaves this message alone meanwhile, and the booking's next one too: they go out in order.
        const visit = id.split('|')[1];
        const step = await store.withLock(`message|${visit}|${channel}`, () => deliver(deps, notifier, id));
        if (step === 'away') return;
      } catch (error) {
        // What was claimed stays so until its claim is over: nobody knows whether it went out.
        log.error('message not dealt with', { channel, reason: nameOf(error) });
      }
    }
  }

  const run = async (): Promise<void> => void (await Promise.all(deps.notifiers.map(sendDue)));
  const tick = (): void => {
    running ??= run()
      .catch((error: unknown) => log.error('outbox stopped early', { reason: nameOf(error) }))
      .finally(() => {
        running = undefined;
      });
  };
  return {
    run,
    start() {
      tick();
      const timer = setInterval(tick, lookEveryMs);
      timer.unref();
      return async () => {
        stopping = true;
        clearInterval(timer);
        await running;
      };
    },
  };
}

/** One try at one message, under its lock. */
async function deliver(deps: OutboxDeps, notifier: Notifier, id: string): Promise<Step> {
  const { store, clock, ehr } = deps;
  const kept = await store.get('message', id);
  const owed = kept === undefined ? undefined : readOwed(kept);
  if (kept === undefined || owed === undefined || !isDue(owed, clock.now())) return 'done';
  const write = writer(deps, id, owed);
  // A mail may come twice, and names itself so that it is seen as one. A text must not.
  const tired = owed.channel === 'sms' || isOld(owed, clock.now());
  if (owed.status === 'claimed' && tired) return write.dead('claim-expired', undefined, kept.version);

  const now = await deps.bookingNow(owed.bookingId);
  const untrue = whyNotSent(owed, now, clock.now());
  if (untrue === 'in-doubt') return write.later(untrue, undefined, kept.version);
  if (now === undefined || untrue !== undefined) return write.dropped(untrue ?? 'no-booking', kept.version);
  const { booking } = now;
  if (isForTheDay(owed, booking.timeZone, clock.now())) return write.later('night', undefined, kept.version);
  const contact = await ehr.contact(booking.patientId, 'background');
  if (!contact.ok) {
    if (contact.error.kind === 'not-found') return write.dead('no-chart', undefined, kept.version);
    const wait = contact.error.kind === 'throttled' ? contact.error.retryAfterSeconds * 1_000 : 0;
    return write.later(`ehr-${contact.error.kind}`, undefined, kept.version, wait);
  }
  const offices = await ehr.offices('background');
  const office = offices.ok ? offices.value.find((one) => one.id === booking.officeId) : undefined;

  const version = await write.claimed(kept.version);
  if (version === undefined) return 'done';
  // Last look: the visit may have been moved or cancelled while the EHR was asked.
  const meanwhile = await store.get('booking', owed.bookingId);
  const overtaken = whyNotSent(owed, meanwhile && readBooking(meanwhile), clock.now());
  if (overtaken === 'in-doubt') return write.later(overtaken, undefined, version);
  if (overtaken !== undefined) return write.dropped(overtaken, version);
  const sent = await notifier.send(noticeOf(owed.about, now, office), contact.value);
  if (sent.ok) return write.sent(version);
  const { error } = sent;
  switch (error.kind) {
    case 'no-address':
    case 'opted-out':
      return write.dropped(error.kind, version);
    case 'refused':
      return write.dead('refused', error.code, version);
    case 'unavailable':
      return write.later('unavailable', error.code, version);
    case 'unknown':
      return owed.channel === 'sms'
        ? write.dead('unknown', error.code, version)
        : write.later('unknown', error.code, version);
  }
}

const isDue = ({ status, at }: Owed, nowMs: number): boolean =>
  (status === 'owed' || status === 'claimed') && msOf(at) <= nowMs;

const isOld = ({ owedAt }: Owed, nowMs: number): boolean => nowMs - msOf(owedAt) >= givenUpAfterMs;

/** A message is sent while it is true and of use: of the booking's present sequence, in the state that it tells, before the visit. */
function whyNotSent(owed: Owed, now: StoredBooking | undefined, nowMs: number): string | undefined {
  if (now === undefined) return 'no-booking';
  const told = owed.about === 'cancelled' ? 'cancelled' : 'confirmed';
  if (sequenceOf(now) !== owed.version) return 'stale';
  // The visit is being changed: whether the message is still true is found out within minutes.
  if (now.booking.status === 'changing') return 'in-doubt';
  if (now.booking.status !== told) return 'stale';
  return msOf(now.booking.startsAt) <= nowMs ? 'past' : undefined;
}

/** A text that comes late waits for the day, 8 to 21 on the office's clock; one that answers the patient does not. */
function isForTheDay({ channel, owedAt }: Owed, timeZone: string, nowMs: number): boolean {
  if (channel !== 'sms' || nowMs - msOf(owedAt) < awakeMs) return false;
  const hour = Number(wallTimeOf(nowMs, timeZone).slice(11, 13));
  return hour < 8 || hour >= 21;
}

/** The next states of one message. Whoever writes second has lost, and the message is not theirs any more. */
function writer({ store, clock, log }: OutboxDeps, id: string, owed: Owed) {
  const { ref, channel, about: kind } = owed;
  const put = async (change: Partial<Owed>, version: number): Promise<number | undefined> => {
    const written = await store.replace('message', id, owedDocument({ ...owed, ...change }), version);
    return written.ok ? written.value.version : undefined;
  };
  const now = () => instantAt(clock.now());
  const dead = async (reason: string, code: string | undefined, version: number): Promise<Step> => {
    await put({ status: 'dead', at: now() }, version);
    log.error('message not delivered', { ref, kind, channel, reason, code, count: await deadLetters(store) });
    return 'done';
  };
  return {
    dead,
    claimed: (version: number) => put({ status: 'claimed', at: instantAt(clock.now() + claimMs) }, version),
    async sent(version: number): Promise<Step> {
      await put({ status: 'sent', at: now() }, version);
      log.info('message sent', { ref, kind, channel });
      return 'done';
    },
    async dropped(reason: string, version: number): Promise<Step> {
      await put({ status: 'dropped', at: now() }, version);
      log.info('message dropped', { ref, kind, channel, reason });
      return 'done';
    },
    async later(reason: string, code: string | undefined, version: number, leastMs = 0): Promise<Step> {
      if (isOld(owed, clock.now())) return dead(reason, code, version);
      const pauseMs = Math.max(leastMs, Math.min(firstPauseMs * 2 ** owed.tries, longestPauseMs));
      await put({ status: 'owed', tries: owed.tries + 1, at: instantAt(clock.now() + pauseMs) }, version);
      log.warn('message put off', { ref, kind, channel, reason, code });
      return 'away';
    },
  };
}
