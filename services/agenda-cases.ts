// What a provider can ask about their own day: types only. Implementation: agenda.
import type { AppointmentId, LocalDate, LocalDateTime, Result } from './domain.ts';
import type { Asker } from './identity-cases.ts';
import type { BrowseError } from './use-cases.ts';
import type { VisitState } from './visit-cases.ts';

/** Which part of the agenda; days are those of the provider's own clock. */
export type AgendaSpan = 'today' | 'tomorrow' | 'next' | 'week';

export interface AgendaEntry {
  readonly appointment: AppointmentId;
  /** On the clock of the office. */
  readonly localStart: LocalDateTime;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly officeName: string;
  /** Empty where the visit has none. */
  readonly visitType: string;
  readonly state: VisitState;
  /** Initials, or the whole name where names were asked for; empty for a break, and where the chart cannot be read. */
  readonly patient: string;
}

export interface Agenda {
  readonly doctorName: string;
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  /** Ascending; without what was called off, moved away or missed. */
  readonly entries: readonly AgendaEntry[];
  /** So many more visits after them: a week can have more than one answer holds. */
  readonly more: number;
}

export type AgendaError =
  /** Everybody but the accounts of PROVIDERS: nothing is read for them. */
  { readonly kind: 'not-a-provider' } | BrowseError;

export interface AgendaCases {
  /** Whether this account is a provider's (PROVIDERS); no call, no read. */
  isProvider(asker: Asker): boolean;
  /** One EHR call for the visits, and one for each patient whose chart was not read in the last minutes; each is audited. */
  agenda(
    asker: Asker,
    span: AgendaSpan,
    show: { readonly names: boolean },
  ): Promise<Result<Agenda, AgendaError>>;
}
