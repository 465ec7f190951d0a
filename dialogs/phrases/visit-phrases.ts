// The sentences about visits on file: seeing, moving and calling them off. Every one says how the visit stands.
import type { AgendaSpan } from '../../services/agenda-cases.ts';
import type { VisitState } from '../../services/visit-cases.ts';
import type { Card } from '../reply.ts';

/** A visit in a card; every part is ready to be read. */
export interface VisitCard {
  /** Whose visit it is, where the name is known. */
  readonly person?: string | undefined;
  readonly doctor: string;
  readonly office: string;
  readonly when: string;
}

export interface VisitPhrases {
  /** For providers. */
  agendaLabel: Readonly<Record<AgendaSpan, () => string>>;
  showNamesLabel(): string;
  agendaEmpty: Readonly<Record<AgendaSpan, () => string>>;
  /** Visits behind those that are shown. */
  agendaMore: (count: number) => string;
  agendaState: Readonly<Record<Exclude<VisitState, 'other'>, () => string>>;
  noAgenda(): string;

  /** What the state means to the patient; empty where there is nothing to say beyond "it is booked". */
  visitState: Readonly<Record<VisitState, () => string>>;
  yourVisits(): string;
  yourVisit(): string;
  noVisits(): string;
  /** So many visits of which nobody here can say when they are. */
  untimed(count: number, phone: string): string;
  /** These are our own records, because the practice's system does not answer. */
  asOf(day: string): string;
  /** None is on the day, with the doctor or at the office that was named. */
  noVisitLikeThat(): string;
  askWhichToCancel(): string;
  askWhichToMove(): string;
  /** The third miss beside a booking. */
  missedTask(phone: string): string;
  leftAsIs(): string;
  backToBooking(): string;
  /** `visit`: doctor and time. */
  visitStands(visit: string): string;
  /** To "I can't come", while the visit is shown. */
  moveOrCancel(): string;
  late(phone: string): string;
  /** To whoever wants another doctor for a visit on file; and once the new one is booked. */
  otherDoctor(): string;
  askOldVisit(): string;
  /** To whoever wants visits for several. */
  onePerson(): string;
  /** To two wishes in one message. */
  oneByOne(): string;
  /** The second, in the patient's own words, once the first is done; and where that was given up. */
  nowTheOther(wish: string): string;
  askOther(wish: string): string;
  goOnWithIt(): string;

  moveLabel(): string;
  cancelLabel(): string;
  directionsLabel(): string;
  listLabel(): string;
  doneLabel(): string;
  moveItLabel(): string;
  leaveItLabel(): string;
  cancelItLabel(): string;
  keepItLabel(): string;
  undoLabel(): string;

  askCancel(visit: VisitCard): Card;
  missedCancel(): string;
  missedMove(): string;
  hintMove(): string;
  /** By SMS, where choices are numbers. */
  replyToMove(): string;
  cancelled(visit: string): string;
  reasonKept(): string;
  reasonNotKept(phone: string): string;
  undone(visit: string): string;
  notUndone(phone: string): string;
  undoOver(): string;

  movingFrom(visit: string): string;
  askMove(visit: Omit<VisitCard, 'when'> & { readonly from: string; readonly to: string }): Card;
  moved(visit: VisitCard, reference: string): Card;
  moveTaken(): string;
  cannotMoveThere(): string;
  moveOnlyTime(phone: string): string;

  visitNotFound(phone: string): string;
  changedSince(visit: string, phone: string): string;
  /** By the office, or in another conversation. */
  calledOffSince(visit: string, phone: string): string;
  notChangeable(visit: string, phone: string): string;
  tooLate(visit: string, noticeMinutes: number, phone: string): string;
  notChanged(phone: string): string;
  changeUnsure(phone: string): string;
  /** An earlier change of the visit is still being looked into: nothing more was begun. */
  changeStillOpen(phone: string): string;
}
