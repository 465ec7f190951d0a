// A patient with a visit on file, and what can be done to it: the world of the tests of seeing, moving and cancelling.
import { readBooking, type StoredBooking, sequenceOf } from '../../services/documents.ts';
import {
  type BookingError,
  type ConfirmedBooking,
  doctorId,
  officeId,
  type PatientId,
  patientId,
  type Result,
} from '../../services/domain.ts';
import type { BookRequest } from '../../services/use-cases.ts';
import type { ChangeError, Visit, VisitRef } from '../../services/visit-cases.ts';
import type { Fault, Row } from './sandbox-control.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

export const doctor = doctorId('511718');
export const office = officeId('123456');
/** A Tuesday, a week after the world's now. */
export const nine = '2026-03-10T09:00';
export const eleven = '2026-03-10T11:00';
/** The Thursday after. */
export const thursday = '2026-03-12T09:00';

export interface VisitScene {
  readonly world: World;
  readonly patient: PatientId;
  readonly booking: ConfirmedBooking;
  /** The visit as a card shows it. */
  readonly shown: VisitRef;
  book(more?: Partial<BookRequest>): Promise<Result<ConfirmedBooking, BookingError>>;
  cancel(shown?: VisitRef): Promise<Result<{ visit: Visit; undoUntilMs: number }, ChangeError>>;
  undo(shown?: VisitRef): Promise<Result<Visit, ChangeError>>;
  move(to: string, shown?: VisitRef): Promise<Result<Visit, ChangeError>>;
  /** The visit's row in the EHR. */
  row(): Promise<Row>;
  /** Every booking of the patient on our books, ascending by start. */
  kept(): Promise<readonly StoredBooking[]>;
}

export async function addPatient(world: World, firstName: string): Promise<PatientId> {
  const chart = { first_name: firstName, last_name: 'Tester', date_of_birth: '1980-05-06' };
  const [id] = await world.control.addPatients([{ ...chart, gender: 'Female', doctor: Number(doctor) }]);
  return patientId(String(id));
}

/** At the desk, in another room than visits booked here get, without any check. */
export const deskBooks = (
  world: World,
  localStart: string,
  more: Record<string, unknown> = {},
): Promise<void> =>
  world.control.addAppointment({
    ...{ doctor: Number(doctor), office: Number(office), patient: null, exam_room: 4 },
    ...{ scheduled_time: `${localStart}:00`, duration: 30, ...more },
  });

export async function openVisit(options: WorldOptions = {}, at = nine): Promise<VisitScene> {
  const world = await openWorld(options);
  const patient = await addPatient(world, 'Wilma');
  const request: BookRequest = {
    patientId: patient,
    patientName: 'Wilma Tester',
    doctorId: doctor,
    officeId: office,
    localStart: at,
    durationMinutes: 30,
    channel: 'webchat',
    conversationId: 'webchat|1',
  };
  const book = (more: Partial<BookRequest> = {}) => world.now().useCases.book({ ...request, ...more });
  const booked = await book();
  if (!booked.ok) throw new Error(booked.error.kind);
  const booking = booked.value;
  const { appointment, startsAt } = booking;
  const shown: VisitRef = { patientId: patient, appointment, startsAt };
  const asked = { channel: 'webchat', conversationId: 'webchat|1' };
  await world.control.forgetCalls();
  return {
    world,
    patient,
    booking,
    shown,
    book,
    cancel: (visit = shown) => world.now().useCases.cancelVisit({ visit, ...asked }),
    undo: (visit = shown) => world.now().useCases.undoCancel({ visit, ...asked }),
    move: (to, visit = shown) => world.now().useCases.moveVisit({ visit, to, ...asked }),
    async row() {
      const row = (await world.control.appointments()).find(({ id }) => id === appointment);
      if (row === undefined) throw new Error('no row');
      return row;
    },
    async kept() {
      const range = { from: `${patient}|`, to: `${patient}|~` };
      return (await world.now().store.list('booking', 'patient', range)).map(readBooking);
    },
  };
}

/** Between our look and our next change, and the first list that is read after it lags by four seconds. */
export const deskBooksUnseen = (scene: Pick<VisitScene, 'world'>, localStart: string) =>
  beforeNextChange(scene, async () => {
    await deskBooks(scene.world, localStart);
    const fault = { method: 'GET', path: '/api/appointments', effect: 'stale-lists', ms: 4000 } as const;
    await scene.world.control.fault(fault);
  });

/** `done`, or why not. */
export const kindOf = (outcome: Result<unknown, { readonly kind: string }>): string =>
  outcome.ok ? 'done' : outcome.error.kind;

/** What the EHR was asked, in order. */
export const callsOf = async (world: World): Promise<readonly string[]> =>
  (await world.control.calls()).map(({ method, path }) =>
    `${method} ${path}`.replace(/\/(\d+)$/, ' by id').replace('/api/', ''),
  );

/** `confirmed 2026-03-10T13:00 #2`: status, start and sequence of each booking. */
export const linesOf = (kept: readonly StoredBooking[]): readonly string[] =>
  kept.map((one) => `${one.booking.status} ${one.booking.startsAt.slice(0, 16)} #${sequenceOf(one)}`);

/** A change goes out twice before it counts as lost. */
export const lose = ({ world }: VisitScene, fault: Fault) =>
  world.control.fault({ method: 'PATCH', path: '/api/appointments', times: 2, ...fault });

/** What that conversation hears first. */
export const newsOf = async ({ world }: VisitScene) =>
  (await world.now().useCases.newsFor('webchat|1')).map(({ kind }) => kind);

/** The store takes no write from the nth on. */
export function failWrites({ world }: Pick<VisitScene, 'world'>, from: number): () => void {
  const { store } = world.now();
  const { batch } = store;
  let count = 0;
  Object.assign(store, {
    batch: (...args: Parameters<typeof batch>) => {
      count += 1;
      return count >= from ? Promise.reject(new Error('disk full')) : batch(...args);
    },
  });
  return () => void Object.assign(store, { batch });
}

/** Reads are cut once a PATCH has come. */
export async function readsFailAfterChange(scene: VisitScene): Promise<void> {
  const { ehr } = scene.world.now();
  const { changeAppointment } = ehr;
  Object.assign(ehr, {
    async changeAppointment(...args: Parameters<typeof changeAppointment>) {
      await scene.world.control.fault({
        method: 'GET',
        path: '/api/appointments',
        effect: 'drop',
        times: 0,
      });
      return changeAppointment(...args);
    },
  });
}

/** Somebody is quicker than our next change; what it returns calls that off. */
export function beforeNextChange({ world }: Pick<VisitScene, 'world'>, act: () => Promise<void>): () => void {
  const { ehr } = world.now();
  const { changeAppointment } = ehr;
  Object.assign(ehr, {
    async changeAppointment(...args: Parameters<typeof changeAppointment>) {
      Object.assign(ehr, { changeAppointment });
      await act();
      return changeAppointment(...args);
    },
  });
  return () => void Object.assign(ehr, { changeAppointment });
}
