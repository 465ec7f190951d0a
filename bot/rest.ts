// REST beside the chat: the same use cases, guarded by the API key. Without API_KEY none of these routes exists.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response, Server } from 'restify';
import type { z } from 'zod';
import type { Office, Result } from '../services/domain.ts';
import type { Clock, Json, Store } from '../services/ports.ts';
import type { BookRequest, BrowseError, UseCases } from '../services/use-cases.ts';
import { jsonBody, sendError, sendJson } from './json-http.ts';
import { type Limits, sendTooMany } from './limits.ts';
import { openApi } from './openapi.ts';
import { createAnswered } from './rest-answered.ts';
import { type Answer, bookingAnswer, errorAnswer, invalidRequest, missingFields } from './rest-answers.ts';
import { windowsOn } from './rest-availability.ts';
import { recordedAnswer } from './rest-recorded.ts';
import {
  type AppointmentBody,
  appointmentBody,
  availabilityQuery,
  idempotencyKey,
  wireId,
} from './rest-schema.ts';

export interface RestDeps {
  readonly apiKey: string | undefined;
  readonly useCases: UseCases;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly limits: Limits;
}

const maxBytes = 16 * 1024;
const defaultMinutes = 30;

/** Adds `/api/offices`, `/api/doctors`, `/api/availability`, `/api/appointments` and their description, `/api/openapi.json`. */
export function mountRest(server: Server, { apiKey, useCases, store, clock, limits }: RestDeps): void {
  if (apiKey === undefined) return;
  const guard = bearerGuard(apiKey, limits);
  const answered = createAnswered(store, clock);
  const { directory } = useCases;
  const send = (response: Response, { status, body }: Answer): void => sendJson(response, status, body);

  server.get('/api/openapi.json', async (_: Request, response: Response) => sendJson(response, 200, openApi));

  server.get('/api/offices', guard, async (_: Request, response: Response) => {
    const offices = await directory.offices();
    if (!offices.ok) return send(response, errorAnswer(offices.error));
    const listed: Json[] = [];
    for (const office of offices.value) {
      const zone = await zoneOf(useCases, office);
      if (!zone.ok) return send(response, errorAnswer(zone.error));
      listed.push({
        ...officeFacts(office),
        timeZone: zone.value,
        examRooms: office.rooms.map((room) => ({ ...room })),
      });
    }
    return sendJson(response, 200, { offices: listed });
  });

  server.get('/api/doctors', guard, async (_: Request, response: Response) => {
    const doctors = await directory.doctors();
    if (!doctors.ok) return send(response, errorAnswer(doctors.error));
    const listed = doctors.value.map(({ id, name, specialty, timeZone }) => ({
      id: wireId(id),
      name,
      specialty,
      timeZone: timeZone === '' ? null : timeZone,
    }));
    return sendJson(response, 200, { doctors: listed });
  });

  server.get('/api/availability', guard, async (request: Request, response: Response) => {
    const query = availabilityQuery.safeParse(Object.fromEntries(new URLSearchParams(request.getQuery())));
    if (!query.success) return send(response, invalidRequest(fieldsOf(query.error)));
    const { date, office, doctor, duration = defaultMinutes } = query.data;
    if (date === undefined || office === undefined) {
      const missing = [...(date === undefined ? ['date'] : []), ...(office === undefined ? ['office'] : [])];
      return send(response, missingFields(missing));
    }
    const windows = await windowsOn(useCases, {
      date,
      officeId: office,
      ...(doctor === undefined ? {} : { doctorId: doctor }),
      durationMinutes: duration,
    });
    if (!windows.ok) return send(response, errorAnswer(windows.error));
    const asked = {
      date,
      office: wireId(office),
      ...(doctor === undefined ? {} : { doctor: wireId(doctor) }),
    };
    return sendJson(response, 200, { ...asked, duration, open_slots: windows.value });
  });

  server.get('/api/appointments', guard, async (request: Request, response: Response) =>
    send(response, await recordedAnswer(useCases, clock, new URLSearchParams(request.getQuery()))),
  );

  server.post(
    '/api/appointments',
    guard,
    ...jsonBody(maxBytes),
    async (request: Request, response: Response) => {
      const body = appointmentBody.safeParse(request.body);
      if (!body.success) return send(response, invalidRequest(fieldsOf(body.error)));
      if (body.data.appointmenttypeid !== undefined && body.data.duration !== undefined) {
        return send(response, invalidRequest(['appointmenttypeid and duration exclude each other']));
      }
      const wanted = bookRequest(body.data);
      const key = request.header('idempotency-key');
      if (key === undefined) return send(response, bookingAnswer(await useCases.book(wanted)));
      if (!idempotencyKey.safeParse(key).success) return send(response, invalidRequest(['Idempotency-Key']));
      const answer = await answered.once(key, canonical(body.data), async (keep) =>
        bookingAnswer(
          await useCases.book({ ...wanted, alsoWrite: (outcome) => keep(bookingAnswer(outcome)) }),
        ),
      );
      return send(response, answer);
    },
  );
}

/** 401 unless the request carries the key; compared by hash, in constant time. 429 past the key's minute, or the stranger's. */
function bearerGuard(apiKey: string, limits: Limits): RequestHandler {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${apiKey}`);
  return (request: Request, response: Response, next) => {
    const isKnown = timingSafeEqual(digest(request.header('authorization', '')), wanted);
    (isKnown ? limits.api.take('key') : limits.address(request)).then(
      (pace) => {
        if (isKnown && pace.isWithin) return next();
        if (!pace.isWithin) sendTooMany(response, pace);
        else {
          response.setHeader('WWW-Authenticate', 'Bearer');
          sendError(response, 401, 'unauthorized', 'The API key is missing or wrong.');
        }
        return next(false);
      },
      (error: unknown) => next(error),
    );
  };
}

function officeFacts({ id, name, address, city, state, phone }: Office) {
  return { id: wireId(id), name, address, city, state, phone };
}

/** The zone that all its doctors' times are in, or null where they differ: a time there belongs to a doctor. */
async function zoneOf({ directory }: UseCases, office: Office): Promise<Result<string | null, BrowseError>> {
  const doctors = await directory.doctorsAt(office.id);
  if (!doctors.ok) return doctors;
  const zones = new Set<string>();
  for (const doctor of doctors.value) {
    const zone = await directory.timeZoneAt(office.id, doctor.id);
    if (!zone.ok) return zone;
    if (zone.value !== undefined) zones.add(zone.value);
  }
  const [only] = zones;
  return { ok: true, value: zones.size === 1 && only !== undefined ? only : null };
}

function bookRequest(body: AppointmentBody): BookRequest {
  return {
    channel: 'rest',
    ...(body.patientid === undefined ? {} : { patientId: body.patientid }),
    ...(body.doctorid === undefined ? {} : { doctorId: body.doctorid }),
    ...(body.officeid === undefined ? {} : { officeId: body.officeid }),
    ...(body.scheduled_time === undefined ? {} : { localStart: body.scheduled_time }),
    ...(body.appointmenttypeid === undefined ? {} : { visitTypeId: body.appointmenttypeid }),
    ...(body.duration === undefined ? {} : { durationMinutes: body.duration }),
  };
}

/** What a body means, whatever the order of its fields and however its ids are written. */
function canonical(body: AppointmentBody): Json {
  const { patientid, doctorid, officeid, scheduled_time, appointmenttypeid, duration } = body;
  const parts = [patientid, doctorid, officeid, scheduled_time, appointmenttypeid, duration];
  return parts.map((part) => part ?? null);
}

const fieldsOf = (error: z.ZodError): readonly string[] =>
  error.issues.map((issue) => issue.path.map(String).join('.'));
