// Use case: a provider's own visits, for the account that PROVIDERS names; initials only unless names are asked for.
import type { AgendaCases, AgendaEntry, AgendaError, AgendaSpan } from './agenda-cases.ts';
import type { Audit } from './audit.ts';
import {
  type Appointment,
  type DoctorId,
  fail,
  type LocalDate,
  type Office,
  type OfficeId,
  ok,
  type PatientId,
  type Result,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Account } from './identity-cases.ts';
import type { Clock, Ehr, Store } from './ports.ts';
import type { Directory } from './use-cases.ts';
import { isAhead, stateOf } from './visit-state.ts';
import { addDays, dayOf, wallTimeOf } from './wall-time.ts';

/** Charts read for one answer; more than a full day of patients. */
const mostCharts = 40;
/** A name is remembered as long as a provider looks at a day. */
const namesMs = 15 * 60_000;

export interface AgendaDeps {
  readonly ehr: Pick<Ehr, 'appointmentsOn' | 'offices' | 'doctors' | 'visitTypes' | 'patient'>;
  readonly store: Pick<Store, 'batch'>;
  readonly directory: Pick<Directory, 'timeZoneAt'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  /** Accounts of PROVIDERS, each with its doctor. */
  readonly providers: ReadonlyMap<Account, DoctorId>;
}

interface Name {
  readonly first: string;
  readonly last: string;
  readonly readMs: number;
}

export function createAgenda(deps: AgendaDeps): AgendaCases {
  const { ehr, clock, providers } = deps;
  const names = new Map<PatientId, Name>();

  const nameOf = async (patient: PatientId): Promise<Name | undefined> => {
    const kept = names.get(patient);
    if (kept !== undefined && clock.now() - kept.readMs < namesMs) return kept;
    const chart = await ehr.patient(patient, 'browsing');
    if (!chart.ok) return undefined;
    const name = { first: chart.value.firstName, last: chart.value.lastName, readMs: clock.now() };
    for (const [id, { readMs }] of names) if (clock.now() - readMs >= namesMs) names.delete(id);
    names.set(patient, name);
    return name;
  };

  return {
    isProvider: ({ account }) => account !== undefined && providers.has(account),
    async agenda({ account }, span, show) {
      const doctorId = account === undefined ? undefined : providers.get(account);
      if (account === undefined || doctorId === undefined) return fail({ kind: 'not-a-provider' });
      const practice = await practiceOf(deps, doctorId);
      if (!practice.ok) return practice;
      const { doctor, offices, visitTypes } = practice.value;
      const zones = await zonesOf(deps, doctorId, offices);
      const [ofFirst = 'Etc/UTC'] = zones.values();
      const zone = doctor.timeZone === '' ? ofFirst : doctor.timeZone;
      const { fromDate, toDate } = daysOf(span, dayOf(clock.now(), zone));
      const rows = await ehr.appointmentsOn({ date: fromDate, toDate, doctorId }, 'browsing');
      if (!rows.ok) return fail(failureOf(rows.error));
      const due = rows.value
        .filter((row) => row.live && row.doctorId === doctorId && isShown(row))
        .sort((a, b) => a.localStart.localeCompare(b.localStart));
      const zoneOf = ({ officeId }: Appointment): string => zones.get(officeId) ?? zone;
      const isToCome = (row: Appointment): boolean => row.localStart > wallTimeOf(clock.now(), zoneOf(row));
      const asked = span === 'next' ? nextOf(due, isToCome) : due;
      const entries: AgendaEntry[] = [];
      for (const row of asked.slice(0, mostCharts)) {
        const name = row.patientId === undefined ? undefined : await nameOf(row.patientId);
        entries.push({
          appointment: row.id,
          localStart: row.localStart,
          timeZone: zoneOf(row),
          durationMinutes: row.durationMinutes,
          officeName: offices.find(({ id }) => id === row.officeId)?.name ?? '',
          visitType: visitTypes.find(({ id }) => id === row.visitTypeId)?.name ?? '',
          state: stateOf(row.ehrStatus),
          patient: name === undefined ? '' : show.names ? `${name.first} ${name.last}` : initialsOf(name),
        });
      }
      const shown = `${show.names ? 'names' : 'initials'} ${entries.length}`;
      await deps.store.batch([deps.audit.ofAgenda(account, shown)]);
      const more = asked.length - entries.length;
      return ok({ doctorName: doctor.name, fromDate, toDate, entries, more });
    },
  };
}

/** Of each office where the doctor's times are in a known zone; the doctor alone may have none. */
async function zonesOf(
  { directory }: AgendaDeps,
  doctor: DoctorId,
  offices: readonly Pick<Office, 'id'>[],
): Promise<ReadonlyMap<OfficeId, string>> {
  const zones = new Map<OfficeId, string>();
  for (const { id } of offices) {
    const at = await directory.timeZoneAt(id, doctor);
    if (at.ok && at.value !== undefined) zones.set(id, at.value);
  }
  return zones;
}

async function practiceOf({ ehr }: AgendaDeps, doctorId: DoctorId) {
  const [doctors, offices, visitTypes] = await Promise.all([
    ehr.doctors('browsing'),
    ehr.offices('browsing'),
    ehr.visitTypes('browsing'),
  ]);
  if (!doctors.ok) return fail(failureOf(doctors.error));
  if (!offices.ok) return fail(failureOf(offices.error));
  if (!visitTypes.ok) return fail(failureOf(visitTypes.error));
  const doctor = doctors.value.find(({ id }) => id === doctorId);
  const found: Result<
    {
      readonly doctor: (typeof doctors.value)[number];
      readonly offices: typeof offices.value;
      readonly visitTypes: typeof visitTypes.value;
    },
    AgendaError
  > =
    doctor === undefined
      ? fail({ kind: 'not-a-provider' })
      : ok({ doctor, offices: offices.value, visitTypes: visitTypes.value });
  return found;
}

/** A week ends on its Sunday. */
function daysOf(
  span: AgendaSpan,
  today: LocalDate,
): { readonly fromDate: LocalDate; readonly toDate: LocalDate } {
  switch (span) {
    case 'today':
    case 'next':
      return { fromDate: today, toDate: today };
    case 'tomorrow':
      return { fromDate: addDays(today, 1), toDate: addDays(today, 1) };
    case 'week': {
      const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
      return { fromDate: today, toDate: addDays(today, (7 - weekday) % 7) };
    }
  }
}

/** What is over stays on the day's agenda; what does not take place does not. */
const isShown = ({ ehrStatus }: Appointment): boolean => {
  const state = stateOf(ehrStatus);
  return isAhead(state) || state === 'complete';
};

/** The first that has a patient and has not begun. */
const nextOf = (
  due: readonly Appointment[],
  isToCome: (row: Appointment) => boolean,
): readonly Appointment[] => due.filter((row) => row.patientId !== undefined && isToCome(row)).slice(0, 1);

const initialsOf = ({ first, last }: Name): string =>
  [first, last]
    .map((part) => [...part.trim()][0])
    .filter((letter) => letter !== undefined)
    .map((letter) => `${letter.toUpperCase()}.`)
    .join(' ');
