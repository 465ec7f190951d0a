// Free slots of a doctor at an office: one call for a whole range of days, shared and kept while it is fresh enough.
import { type DoctorId, fail, type LocalDate, ok, type Result } from '../domain.ts';
import type { Clock, EhrError, Log, OpenSlots, Priority, SlotQuery } from '../ports.ts';
import { parseAvailability, type StartsByDay } from './availability.wire.ts';
import type { Client } from './client.ts';
import { createFlights } from './flights.ts';
import type { KnownDays } from './known-days.ts';
import { createDayClocks, type MadeSlots, slotsOf } from './wall-time.ts';

/** Starts kept at once, in all ranges together (as slots some 15 MB); the longest unused range goes first. */
const MOST_STARTS_KEPT = 50_000;

/** A day's text, starts and slots are some 4 kB: two months of so many places 25 MB. The longest known goes first. */
const MOST_PLACES_KNOWN = 100;

/** Of one reading: there are few visit types of one length, and conversations ask for whole ranges. */
const MOST_ANSWERS_KEPT = 20;

/** What is known about one range. `readAtMs` is when the question was sent: later bookings may not be in it. */
interface Reading {
  readonly query: SlotQuery;
  readonly readAtMs: number;
  readonly starts: StartsByDay;
  /** How many starts those are. */
  readonly size: number;
  readonly place: Place;
  /** What was answered from it, by days and visit type: every question of a conversation asks again, and knows it by identity. */
  readonly answers: Map<string, OpenSlots>;
}

/** What was learnt of a doctor at an office, for one length of visit: the next reading is mostly the same days again. */
interface Place {
  readonly days: KnownDays;
  /** By visit type; '' for none. */
  readonly made: Map<string, MadeSlots>;
}

export interface OpenSlotsReader {
  read(query: SlotQuery, priority: Priority): Promise<Result<OpenSlots, EhrError>>;
  knows(query: SlotQuery): boolean;
  forget(doctor: DoctorId, date: LocalDate): void;
}

export interface OpenSlotsOptions {
  readonly client: Client;
  /** Answers where the EHR's own answer cannot be had: see `readStarts`. */
  readonly compute: (query: SlotQuery, priority: Priority) => Promise<Result<StartsByDay, EhrError>>;
  readonly clock: Clock;
  readonly log: Log;
}

export function createOpenSlotsReader(options: OpenSlotsOptions): OpenSlotsReader {
  const { clock } = options;
  // Insertion order is order of use; keys are the queries' `keyOf`.
  const kept = new Map<string, Reading>();
  const flights = createFlights<Reading>();
  const dayClocks = createDayClocks();
  const places = new Map<string, Place>();

  function placeOf({ doctorId, officeId, durationMinutes, timeZone }: SlotQuery): Place {
    const key = [doctorId, officeId, durationMinutes, timeZone].join('|');
    const place = places.get(key) ?? { days: new Map(), made: new Map() };
    places.set(key, place);
    if (places.size > MOST_PLACES_KNOWN) for (const oldest of places.keys().take(1)) places.delete(oldest);
    return place;
  }

  function find(query: SlotQuery): Reading | undefined {
    for (const [key, reading] of kept) {
      if (!covers(reading.query, query)) continue;
      if (clock.now() - reading.readAtMs > query.freshSeconds * 1_000) continue;
      kept.delete(key);
      kept.set(key, reading);
      return reading;
    }
    return undefined;
  }

  function keep(reading: Reading): void {
    const key = keyOf(reading.query);
    kept.delete(key);
    kept.set(key, reading);
    let starts = kept.values().reduce((sum, each) => sum + each.size, 0);
    for (const [oldest, each] of kept) {
      if (starts <= MOST_STARTS_KEPT) break;
      kept.delete(oldest);
      starts -= each.size;
    }
  }

  async function fetchReading(query: SlotQuery, priority: Priority): Promise<Result<Reading, EhrError>> {
    const readAtMs = clock.now();
    const place = placeOf(query);
    const starts = await readStarts(options, query, place.days, priority);
    if (!starts.ok) return starts;
    const size = starts.value.values().reduce((sum, ofDay) => sum + ofDay.length, 0);
    return ok({ query, readAtMs, starts: starts.value, size, place, answers: new Map() });
  }

  /**
   * The asked days of a reading, each slot for the asked visit type: a reading is shared by all types of one length. The
   * same question of the same reading gets the same object.
   */
  function answer({ query, starts, readAtMs, place, answers }: Reading, asked: SlotQuery): OpenSlots {
    const { fromDate, toDate, visitTypeId } = asked;
    const key = `${fromDate}|${toDate}|${visitTypeId ?? ''}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const made: MadeSlots = place.made.get(visitTypeId ?? '') ?? new WeakMap();
    if (place.made.size >= MOST_ANSWERS_KEPT) place.made.clear();
    place.made.set(visitTypeId ?? '', made);
    const { officeId, doctorId, durationMinutes, timeZone } = query;
    const typed = visitTypeId === undefined ? {} : { visitTypeId };
    const slotPlace = { officeId, doctorId, durationMinutes, timeZone, ...typed };
    const slots = slotsOf(starts, slotPlace, fromDate, toDate, dayClocks, made);
    const given = { slots, readAt: new Date(readAtMs).toISOString() };
    if (answers.size >= MOST_ANSWERS_KEPT) answers.clear();
    answers.set(key, given);
    return given;
  }

  return {
    async read(query, priority) {
      const forced = query.freshSeconds <= 0;
      const known = forced ? undefined : find(query);
      if (known !== undefined) return ok(answer(known, query));
      // A forced reading must start now: one in flight may have been answered before the caller asked.
      if (forced) flights.forget((key) => key === keyOf(query));
      const reading = await flights.share(keyOf(query), priority, () => fetchReading(query, priority), keep);
      return reading.ok ? ok(answer(reading.value, query)) : reading;
    },
    knows: (query) => query.freshSeconds > 0 && find(query) !== undefined,
    forget(doctor, date) {
      for (const [key, { query }] of kept)
        if (query.doctorId === doctor && query.fromDate <= date && date <= query.toDate) kept.delete(key);
      flights.forget((key) => {
        const [keyDoctor, fromDate = '', toDate = ''] = key.split('|');
        return keyDoctor === doctor && fromDate <= date && date <= toDate;
      });
    },
  };
}

/** Doctor and range first: `forget` reads them back. */
function keyOf({ doctorId, fromDate, toDate, officeId, durationMinutes, timeZone }: SlotQuery): string {
  return [doctorId, fromDate, toDate, officeId, durationMinutes, timeZone].join('|');
}

function covers(known: SlotQuery, asked: SlotQuery): boolean {
  return (
    known.doctorId === asked.doctorId &&
    known.officeId === asked.officeId &&
    known.durationMinutes === asked.durationMinutes &&
    known.timeZone === asked.timeZone &&
    known.fromDate <= asked.fromDate &&
    asked.toDate <= known.toDate
  );
}

/**
 * One availability call. An empty answer is believed. Only an unreadable reply, or a 4xx other than 401, 403 and 429,
 * makes us compute the slots ourselves: what is missing then is knowledge, not permission or patience.
 */
async function readStarts(
  { client, compute, log }: OpenSlotsOptions,
  query: SlotQuery,
  known: KnownDays,
  priority: Priority,
): Promise<Result<StartsByDay, EhrError>> {
  const { officeId, doctorId, fromDate, toDate, durationMinutes } = query;
  const oneDay = fromDate === toDate;
  const told = await client.read(
    {
      label: 'availability',
      path: '/api/availability',
      query: {
        office: officeId,
        doctor: doctorId,
        duration: String(durationMinutes),
        ...(oneDay ? { date: fromDate } : { date_range: `${fromDate}/${toDate}` }),
      },
    },
    (body) => parseAvailability(body, oneDay ? fromDate : undefined, durationMinutes, known),
    priority,
  );
  if (told.ok) return told;
  switch (told.error.kind) {
    case 'unexpected':
    case 'refused':
    case 'not-found':
    case 'conflict':
      log.warn('ehr availability computed', { kind: told.error.kind });
      return compute(query, priority);
    default:
      return fail(told.error);
  }
}
