// The practice's read-only collections: offices, doctors, visit types, users, schedule blocks, work schedules.
import type { ApiRequest } from './api.ts';
import { readDays } from './availability.ts';
import { detail, json, notFound, type Reply } from './http.ts';
import { page } from './pages.ts';
import type { BlockRow, JsonObject, OfficeRow, Practice, WorkHours } from './rows.ts';
import { clockText, dayOfMinute, wallText } from './wall.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** `doctor` filters by the office's owner, as live. `verbose=true` adds `online_timeslots`. */
export function offices(practice: Practice, request: ApiRequest, id: string | undefined): Reply {
  const verbose = request.query.get('verbose') === 'true';
  const render = (row: OfficeRow): JsonObject => ({
    ...row.fields,
    ...(verbose && { online_timeslots: onlineTimeslots(practice, row.id) }),
  });
  const rows = practice.offices.filter((row) => matches(request, 'doctor', row.fields['doctor']));
  return oneOrPage(request, rows, render, id);
}

/** Every quarter of an hour in which some doctor works there. */
const onlineTimeslots = (practice: Practice, office: number): JsonObject[] => {
  const quarters = practice.workHours
    .filter((row) => row.office === office)
    .flatMap(({ weekday, startMinute, endMinute }) =>
      Array.from(
        { length: (endMinute - startMinute) / 15 },
        (_, index) => weekday * 1440 + startMinute + index * 15,
      ),
    );
  return [...new Set(quarters)]
    .toSorted((a, b) => a - b)
    .map((quarter) => ({
      day: Math.floor(quarter / 1440),
      hour: Math.floor((quarter % 1440) / 60),
      minute: quarter % 60,
    }));
};

export function doctors(practice: Practice, request: ApiRequest, id: string | undefined): Reply {
  const rows = practice.doctors.filter((row) => matches(request, 'doctor', row.id));
  return oneOrPage(request, rows, ({ fields }) => fields, id);
}

export function profiles(practice: Practice, request: ApiRequest, id: string | undefined): Reply {
  const rows = practice.profiles.filter((row) => matches(request, 'doctor', row.doctor));
  return oneOrPage(request, rows, ({ fields }) => fields, id);
}

/** `users/current` redirects to the token's own user: follow with the same headers. */
export function users(practice: Practice, request: ApiRequest, id: string | undefined): Reply {
  const { user, group } = practice;
  if (id === 'current')
    return {
      status: 302,
      contentType: 'text/html',
      body: '',
      headers: { Location: `/api/users/${user.id}` },
    };
  const render = (): JsonObject => ({
    id: user.id,
    username: user.username,
    doctor: user.doctor,
    practice_group: group,
    is_staff: false,
    is_doctor: true,
    permissions: {
      access_scheduling: true,
      create_and_update_patients: true,
      access_clinical_notes: true,
      share_patients: true,
      settings: true,
    },
  });
  return oneOrPage(request, [user], render, id);
}

export function scheduleBlocks(practice: Practice, request: ApiRequest, id: string | undefined): Reply {
  const [date, range] = [request.query.get('date'), request.query.get('date_range')];
  const days = readDays(date === null ? (range ?? '') : `${date}/${date}`);
  if ((date !== null || range !== null) && !days)
    return detail(400, 'date must be YYYY-MM-DD, date_range two of them.');
  const rows = practice.blocks.filter(
    (row) =>
      matches(request, 'doctor', row.provider) &&
      matches(request, 'office', row.office) &&
      (!days ||
        days.some((day) => dayOfMinute(row.startMinute) <= day && day <= dayOfMinute(row.endMinute - 1))),
  );
  const render = (row: BlockRow): JsonObject => ({
    id: row.id,
    provider: row.provider,
    office: row.office,
    exam_room: null,
    start_time: wallText(row.startMinute),
    end_time: wallText(row.endMinute),
    description: row.description,
    color: '#FF5733',
    series: null,
    practice_group: practice.group,
    appointment_break: null,
  });
  return oneOrPage(request, rows, render, id);
}

/** One schedule object: of the authed doctor's first office, or by the id that `schedules` counts out. */
export function doctorWorkSchedule(practice: Practice, id: string | undefined): Reply {
  const pairs = practice.doctors.flatMap((doctor) =>
    practice.offices
      .map((office) => ({ doctor: doctor.id, office: office.id }))
      .filter(({ office }) =>
        practice.workHours.some((row) => row.doctor === doctor.id && row.office === office),
      ),
  );
  const index =
    id === undefined ? pairs.findIndex(({ doctor }) => doctor === practice.user.doctor) : Number(id) - 1;
  const pair = pairs[index];
  if (!pair) return notFound();
  const hours = practice.workHours.filter((row) => row.doctor === pair.doctor && row.office === pair.office);
  return json(200, schedule(index + 1, pair, hours));
}

/** One schedule object: of the authed doctor's office, or by office id. */
export function officeWorkSchedule(practice: Practice, id: string | undefined): Reply {
  const office =
    id === undefined ? practice.offices[0] : practice.offices.find((row) => String(row.id) === id);
  if (!office) return notFound();
  const hours = practice.workHours.filter((row) => row.office === office.id);
  return json(200, schedule(office.id, { office: office.id, doctor: practice.user.doctor }, hours));
}

function schedule(
  id: number,
  owner: { readonly doctor: number; readonly office: number },
  hours: readonly WorkHours[],
): JsonObject {
  return {
    id,
    ...owner,
    work_days: WEEKDAYS.map((name, weekday) => {
      const own = hours.filter((row) => row.weekday === weekday);
      return {
        id: id * 10 + weekday,
        iso_weekday: name,
        enabled: own.length > 0,
        work_hours: own.map((row, index) => ({
          id: (id * 10 + weekday) * 10 + index,
          start_time: `${clockText(row.startMinute)}:00`,
          end_time: `${clockText(row.endMinute)}:00`,
          enabled: true,
        })),
      };
    }),
  };
}

const matches = (request: ApiRequest, name: string, value: unknown): boolean =>
  !request.query.has(name) || request.query.get(name) === String(value);

function oneOrPage<Row extends { readonly id: number }>(
  request: ApiRequest,
  rows: readonly Row[],
  render: (row: Row) => JsonObject,
  id: string | undefined,
): Reply {
  if (id === undefined) return page(request, rows, render);
  const row = rows.find((each) => String(each.id) === id);
  return row ? json(200, render(row)) : notFound();
}
