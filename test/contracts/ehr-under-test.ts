// What the EHR contract is run against: a practice behind an adapter, a way to disturb it, and the questions its tests share.
import type {
  DoctorId,
  LocalDate,
  NewAppointment,
  OfficeId,
  Slot,
  VisitTypeId,
} from '../../services/domain.ts';
import type { Ehr, EhrError, SlotQuery } from '../../services/ports.ts';
import type { TestClock } from '../support/test-clock.ts';

/** What happens to the next create: refused before or cut after it is done, answered 500, or answered with rubbish. */
export type Disturbance = 'cut-before' | 'cut-after' | 'server-error' | 'rubbish';

export interface EhrUnderTest {
  readonly ehr: Ehr;
  readonly clock: TestClock;
  readonly practice: {
    readonly officeId: OfficeId;
    readonly doctorId: DoctorId;
    readonly timeZone: string;
    readonly room: number;
    /** A type of this doctor's, and its length. */
    readonly visitTypeId: VisitTypeId;
    readonly visitTypeMinutes: number;
    /** Two days with free half hours, `openDate` before `laterDate`, and one on which the doctor is not there. */
    readonly openDate: LocalDate;
    readonly laterDate: LocalDate;
    readonly closedDate: LocalDate;
    /** Twins' birth date, and one that nobody has. */
    readonly twinsBornOn: LocalDate;
    readonly nobodyBornOn: LocalDate;
  };
  /** The next change, and its one repeat. */
  disturbNextChange(how: Disturbance): Promise<void>;
  /** A visit as the front desk makes it: any patient, any words in its notes. */
  deskBooks(visit: {
    readonly localStart: string;
    readonly patient: string | null;
    readonly notes?: string;
  }): Promise<void>;
  disturbNextCreate(how: Disturbance, of?: 'appointment' | 'patient'): Promise<void>;
  /** Whether the EHR refuses a second chart of one person, and how it says so. */
  duplicates(policy: 'made' | 'refused-409' | 'refused-400'): Promise<void>;
  /** As many charts with this birth date, made by the front desk. */
  addCharts(count: number, birthDate: LocalDate): Promise<void>;
  /** Notes that the front desk wrote behind ours. */
  appendToNotes(appointment: string, text: string): Promise<void>;
  /** Calls that have reached the EHR, and creates among them. */
  counts(): Promise<{ readonly calls: number; readonly creates: number }>;
  /** The EHR goes away for good. */
  shutDown(): Promise<void>;
  close(): Promise<void>;
}

/** Questions to the adapter that `current` answers with; those that must succeed throw where they do not. */
export function questionsTo(current: () => EhrUnderTest) {
  const query = (more: Partial<SlotQuery> = {}): SlotQuery => ({
    officeId: current().practice.officeId,
    doctorId: current().practice.doctorId,
    fromDate: current().practice.openDate,
    toDate: current().practice.laterDate,
    durationMinutes: 30,
    timeZone: current().practice.timeZone,
    freshSeconds: 60,
    ...more,
  });
  const openSlots = async (more: Partial<SlotQuery> = {}) =>
    valueIn(await current().ehr.openSlots(query(more), 'browsing'));
  const firstSlot = async (): Promise<Slot> => {
    const [slot] = (await openSlots()).slots;
    if (slot === undefined) throw new Error('the practice has no free slot');
    return slot;
  };
  const twin = async () => {
    const [first] = valueIn(await current().ehr.patientsBornOn(current().practice.twinsBornOn, 'browsing'));
    if (first === undefined) throw new Error('the practice has no twins');
    return first.patient.id;
  };
  const visit = async (slot: Slot, ref = 'r1'): Promise<NewAppointment> => ({
    officeId: slot.officeId,
    doctorId: slot.doctorId,
    patientId: await twin(),
    room: current().practice.room,
    localStart: slot.localStart,
    durationMinutes: slot.durationMinutes,
    ref,
  });
  const dayOf = async (slot: Slot) =>
    valueIn(
      await current().ehr.appointmentsOn(
        { date: slot.localStart.slice(0, 10), doctorId: current().practice.doctorId },
        'booking',
      ),
    );
  const callsDuring = async (work: () => Promise<unknown>) => {
    const before = await current().counts();
    await work();
    return (await current().counts()).calls - before.calls;
  };

  return { query, openSlots, firstSlot, twin, visit, dayOf, callsDuring };
}

export type Questions = ReturnType<typeof questionsTo>;

export function failure(error: EhrError) {
  return { ok: false, error };
}

/** The value of a call that must succeed here. */
export function valueIn<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EhrError },
): T {
  if (!result.ok) throw new Error(`the EHR answered ${JSON.stringify(result.error)}`);
  return result.value;
}
