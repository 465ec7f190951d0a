// Reads of /api/appointments: the list by dates and filters, and one by id.
import type { ApiRequest } from './api.ts';
import { appointmentObject, verboseAppointment } from './appointment-wire.ts';
import { readDays } from './availability.ts';
import { detail, json, notFound, type Reply } from './http.ts';
import { page } from './pages.ts';
import { type AppointmentRow, asOf, type Practice } from './rows.ts';
import { dayNumber, dayOfMinute, wallMinute } from './wall.ts';

/** 400 without a date filter or with a range over 190 days; sorted by time; `show_archived` adds deleted rows. */
export function listAppointments(practice: Practice, request: ApiRequest): Reply {
  const { query } = request;
  const candidates = inDates(practice, query);
  if (!candidates)
    return detail(
      400,
      'One of since, occurred_since, date or date_range (at most 190 days) must be specified.',
    );
  const archived = query.get('show_archived') === 'true';
  const rows = !request.scopes.has('calendar:read')
    ? []
    : candidates
        .map((id) => asOf(practice.appointments.get(id), request.readAt))
        .filter((row) => row !== undefined)
        .filter((row) => (archived || !row.deleted) && matches(row, query))
        .toSorted((a, b) => a.startMinute - b.startMinute || Number(a.id) - Number(b.id));
  return query.get('verbose') === 'true'
    ? page(request, rows, verboseAppointment, 25)
    : page(request, rows, appointmentObject, 20);
}

/** Ids that may lie in the dates asked for, or undefined where the filters are missing or malformed. */
function inDates(practice: Practice, query: URLSearchParams): readonly string[] | undefined {
  const [date, range] = [query.get('date'), query.get('date_range')];
  for (const name of ['since', 'occurred_since'])
    if (query.has(name) && sinceMinute(query, name) === undefined) return undefined;
  if (date === null && range === null)
    return query.has('since') || query.has('occurred_since') ? [...practice.appointments.keys()] : undefined;
  const days = date === null ? readDays(range ?? '') : readDays(`${date}/${date}`);
  if (!days) return undefined;
  return [...new Set(days.flatMap((day) => [...(practice.appointmentsByDay.get(day) ?? [])]))];
}

/** A naive time or a day; `Z` and offsets are refused. */
const sinceMinute = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name) ?? '';
  return wallMinute(text.length === 10 ? `${text}T00:00` : text);
};

function matches(row: AppointmentRow, query: URLSearchParams): boolean {
  const is = (name: string, value: unknown): boolean => !query.has(name) || query.get(name) === String(value);
  const day = dayOfMinute(row.startMinute);
  const [date, range] = [query.get('date'), query.get('date_range')];
  const [from, to] = (date === null ? (range ?? '') : `${date}/${date}`)
    .split('/')
    .map((text) => dayNumber(text));
  return (
    is('doctor', row.doctor) &&
    is('office', row.office) &&
    is('patient', row.patient) &&
    is('status', row.status) &&
    (from === undefined || to === undefined || (from <= day && day <= to)) &&
    (!query.has('since') || (wallMinute(row.updatedAt) ?? 0) >= (sinceMinute(query, 'since') ?? 0)) &&
    (!query.has('occurred_since') || row.startMinute >= (sinceMinute(query, 'occurred_since') ?? 0))
  );
}

/** By id reads are never stale; a deleted row is 404 unless archived rows are asked for. */
export function readOne(practice: Practice, id: string, query: URLSearchParams): Reply {
  const row = practice.appointments.get(id);
  if (!row || (row.deleted && query.get('show_archived') !== 'true')) return notFound();
  return json(200, query.get('verbose') === 'true' ? verboseAppointment(row) : appointmentObject(row));
}
