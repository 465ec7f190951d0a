// The API's table of paths: which collection answers which methods, and the scopes it asks for.
import type { Fields } from './appointment-fields.ts';
import { listAppointments, readOne } from './appointment-list.ts';
import { changeAppointment, createAppointment, deleteAppointment } from './appointments.ts';
import { availability } from './availability.ts';
import { detail, methodNotAllowed, notFound, type Reply } from './http.ts';
import {
  doctors,
  doctorWorkSchedule,
  offices,
  officeWorkSchedule,
  profiles,
  scheduleBlocks,
  users,
} from './lists.ts';
import type { OverlapScope } from './overlap.ts';
import { createPatient, type DuplicatePolicy, listPatients, readPatient } from './patients.ts';
import type { Practice } from './rows.ts';

export interface ApiRequest {
  readonly method: string;
  /** `/api/appointments/342600001`, without a trailing slash. */
  readonly path: string;
  /** Absolute, without the query: what paging links are made from. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
  readonly scopes: ReadonlySet<string>;
  readonly overlapScope: OverlapScope;
  readonly duplicates: DuplicatePolicy;
  /** Epoch ms. */
  readonly now: number;
  /** The instant that lists show; earlier than `now` under a `stale-lists` fault. */
  readonly readAt: number;
}

type Handler = (practice: Practice, request: ApiRequest, id: string) => Reply;

interface Route {
  /** Scopes without which reading (GET) or writing is 403. `calendar:read` is absent: without it calendars are just empty. */
  readonly reads: readonly string[];
  readonly writes?: readonly string[];
  readonly collection: Readonly<Record<string, Handler>>;
  readonly item?: Readonly<Record<string, Handler>>;
}

type ReadOnlyHandler = (practice: Practice, request: ApiRequest, id: string | undefined) => Reply;
const readOnly = (reads: readonly string[], handler: ReadOnlyHandler): Route => ({
  reads,
  collection: { GET: (practice, request) => handler(practice, request, undefined) },
  item: { GET: handler },
});

const writer = ({ now, overlapScope }: ApiRequest) => ({ now, overlapScope, frontDesk: false });

const ROUTES: Readonly<Record<string, Route>> = {
  offices: readOnly(['user:read'], offices),
  doctors: readOnly(['user:read'], doctors),
  users: readOnly(['user:read'], users),
  appointment_profiles: readOnly(['calendar:read'], profiles),
  schedule_blocks: readOnly(['calendar:read'], scheduleBlocks),
  doctor_work_schedule: readOnly(['user:read'], (practice, _, id) => doctorWorkSchedule(practice, id)),
  office_work_schedule: readOnly(['user:read'], (practice, _, id) => officeWorkSchedule(practice, id)),
  availability: { reads: [], collection: { GET: availability } },
  patients: {
    reads: ['patients:read'],
    writes: ['patients:write'],
    collection: {
      GET: listPatients,
      POST: (practice, { body, query, now, duplicates }) =>
        createPatient(practice, body, {
          now,
          duplicates: query.get('allow_duplicates') === 'true' ? 'made' : duplicates,
        }),
    },
    item: { GET: (practice, _, id) => readPatient(practice, id) },
  },
  appointments: {
    reads: ['clinical:read'],
    writes: ['calendar:write', 'clinical:write'],
    collection: {
      GET: listAppointments,
      POST: (practice, request) => createAppointment(practice, request.body, writer(request)),
    },
    item: {
      GET: (practice, request, id) => readOne(practice, id, request.query),
      PUT: (practice, request, id) => changeAppointment(practice, id, request.body, writer(request), true),
      PATCH: (practice, request, id) => changeAppointment(practice, id, request.body, writer(request), false),
      DELETE: (practice, request, id) => deleteAppointment(practice, id, request.now),
    },
  },
};

/** Whether a path asks for a list, which may lag the writes; reads by id never do. */
export const isList = (path: string): boolean => path.split('/').length === 3;

/** Answers an authenticated call. */
export function answerApi(practice: Practice, request: ApiRequest): Reply {
  const [, , name = '', id, extra] = request.path.split('/');
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  const handlers = id === undefined ? route?.collection : route?.item;
  if (!route || !handlers || extra !== undefined) return notFound();
  const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined;
  if (!handler) return methodNotAllowed(request.method, Object.keys(handlers).join(', '));
  const needed = request.method === 'GET' ? route.reads : (route.writes ?? []);
  if (!needed.every((scope) => request.scopes.has(scope)))
    return detail(403, 'You do not have permission to perform this action.');
  return handler(practice, request, id ?? '');
}
