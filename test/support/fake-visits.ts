// Visits on file of the small practice that works: in memory, changed by the patient and, on request, by the front desk.
import { appointmentId, fail, ok } from '../../services/domain.ts';
import type { BrowseError } from '../../services/use-cases.ts';
import type { ChangeError, ChangeRequest, Upcoming, Visit, VisitCases } from '../../services/visit-cases.ts';
import { slotOn } from './fake-use-cases.ts';

export interface FakeVisits {
  visits: readonly Visit[];
  asOf?: string | undefined;
  untimed?: number;
  upcomingError?: BrowseError | undefined;
  /** The next change fails so, once. */
  changeError?: ChangeError | undefined;
}

export interface VisitRequests {
  readonly cancels: ChangeRequest[];
  readonly moves: (ChangeRequest & { readonly to: string })[];
  readonly undos: ChangeRequest[];
}

/** A visit in words of a test: Dr. Doe's at Main Street of Maria unless told. */
export const visitOn = (localStart: string, of: Partial<Visit> & Pick<Visit, 'patientId'>): Visit => {
  const { startsAt, timeZone, doctorId, officeId } = slotOn(localStart);
  return {
    appointment: appointmentId(`8${localStart.replace(/\D/g, '').slice(4, 12)}`),
    ...{ doctorId, officeId, doctorName: 'Dr. John Doe', officeName: 'Main Street' },
    ...{ startsAt, localStart, timeZone, durationMinutes: 30, state: 'booked', changeable: true },
    ...of,
  };
};

export function fakeVisits(
  desk: FakeVisits,
): VisitCases & { readonly asked: VisitRequests; readonly reads: () => number } {
  const asked: VisitRequests = { cancels: [], moves: [], undos: [] };
  let reads = 0;
  const failing = (): ChangeError | undefined => {
    const error = desk.changeError;
    desk.changeError = undefined;
    return error;
  };
  const find = ({ visit }: ChangeRequest): Visit | undefined =>
    desk.visits.find((one) => one.appointment === visit.appointment && one.patientId === visit.patientId);
  const replace = (old: Visit, now: Visit): Visit => {
    desk.visits = desk.visits.map((one) => (one === old ? now : one));
    return now;
  };
  return {
    asked,
    reads: () => reads,
    async upcoming(patient) {
      reads += 1;
      if (desk.upcomingError !== undefined) return fail(desk.upcomingError);
      const visits = desk.visits.filter(
        (visit) => visit.patientId === patient && visit.state !== 'cancelled',
      );
      const read: Upcoming = {
        visits,
        untimed: desk.untimed ?? 0,
        ...(desk.asOf === undefined ? {} : { asOf: desk.asOf }),
      };
      return ok(read);
    },
    async cancelVisit(request) {
      asked.cancels.push(request);
      const error = failing();
      const visit = find(request);
      if (error !== undefined) return fail(error);
      if (visit === undefined) return fail({ kind: 'visit-not-found' });
      const now = replace(visit, { ...visit, state: 'cancelled', changeable: false });
      const { reason } = request;
      const ofReason = reason === undefined ? {} : { reasonKept: reason.length < 30 };
      return ok({ visit: now, undoUntilMs: Date.parse('2025-02-10T15:01:00Z'), ...ofReason });
    },
    async undoCancel(request) {
      asked.undos.push(request);
      const error = failing();
      const visit = find(request);
      if (error !== undefined || visit === undefined) return fail(error ?? { kind: 'visit-not-found' });
      return ok(replace(visit, { ...visit, state: 'booked', changeable: true }));
    },
    async moveVisit(request) {
      asked.moves.push(request);
      const error = failing();
      const visit = find(request);
      if (error !== undefined || visit === undefined) return fail(error ?? { kind: 'visit-not-found' });
      const { startsAt, localStart } = slotOn(request.to);
      return ok(replace(visit, { ...visit, startsAt, localStart }));
    },
    async timesForMove(visit) {
      const days = ['2025-02-12', '2025-02-13', '2025-02-14'];
      const slots = days.flatMap((day) =>
        ['09:00', '09:30', '10:00'].map((time) => slotOn(`${day}T${time}`)),
      );
      return ok({
        slots: slots.filter(({ startsAt }) => startsAt !== visit.startsAt),
        timeZone: 'America/New_York',
      });
    },
  };
}
