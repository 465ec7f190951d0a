// Every sentence that the bot can say, as one typed interface, and the languages that fulfil it.
import type { BookingError, LocalDate, LocalDateTime, PolicyRule } from '../../services/domain.ts';
import type { GoneNews, IdentifyError, StandingNews } from '../../services/use-cases.ts';
import type { Alarm } from '../emergency.ts';
import type { Card, Language } from '../reply.ts';
import type { SmallTalk } from '../small-talk.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { IdentityPhrases } from './identity-phrases.ts';
import type { VisitPhrases } from './visit-phrases.ts';

/** A visit as it is repeated before and after booking; every part is ready to be read. */
export interface VisitFacts {
  readonly person: string;
  readonly doctor: string;
  /** Name and address. */
  readonly office: string;
  readonly visitType?: string;
  readonly localStart: LocalDateTime;
  readonly timeZone: string;
}

/** What an error's sentence may need; a sentence uses what concerns it. */
export interface ErrorFacts {
  readonly phone: string;
  /** The patient's other visit, as `when` says it; empty unless that is the error. */
  readonly otherVisit: string;
  readonly leadMinutes: number;
  readonly horizonDays: number;
}

/** A contact, by what a code can be sent. */
export type ContactMiss = 'contact' | 'phone' | 'email';

/** What an answer should have been; `yes`: a clear one, to what cannot be taken back. */
export type MissKind =
  | 'name'
  | 'birthDate'
  | 'choice'
  | 'day'
  | 'time'
  | 'confirm'
  | 'code'
  | ContactMiss
  | 'yes';

export interface Phrases extends VisitPhrases, IdentityPhrases {
  // Dates and times
  /** `Tue Feb 18` */
  day(date: LocalDate): string;
  /** `Tue Feb 18, 9:30 AM` */
  dayAndTime(localStart: LocalDateTime): string;
  /** `March 4, 1980`: a date in full, without its weekday. */
  fullDate(date: LocalDate): string;
  /** `Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)` */
  when(localStart: LocalDateTime, timeZone: string): string;

  // Labels of choices
  bookLabel(): string;
  bookAnotherLabel(): string;
  yesLabel(): string;
  noLabel(): string;
  moreLabel(): string;
  earlierLabel(): string;
  otherDayLabel(): string;
  retryLabel(): string;
  startOverLabel(): string;
  keepGoingLabel(): string;
  /** By SMS, where one choice stands for both. */
  changeWhenLabel(): string;
  changeLabel(slot: 'office' | 'doctor' | 'visitType' | 'day' | 'time' | 'who'): string;

  // Around the booking
  /** Stands where a phone number would, after "call" / "llame al". */
  theOffice(): string;
  /** `practice`: its name, or empty. `sms`: names the words that work there, since buttons do not. */
  greeting(practice: string, sms: boolean): string;
  offerToBook(): string;
  /** `isThanked`: thank you was said. */
  farewell(isThanked: boolean): string;
  /** `sms`: carrier's words (HELP, STOP, CANCEL, YES ...) must not be named. */
  help(phone: string, sms: boolean): string;
  person(phone: string): string;
  privateOnly(): string;
  outdated(): string;
  forgotten(): string;
  tooLong(): string;
  noText(): string;
  languageSwitched(): string;
  nothingBefore(): string;
  /** `emergency`, `crisis`: numbers to call at once. */
  alarm: Readonly<Record<Alarm, (call: { emergency: string; crisis: string; phone: string }) => string>>;
  /** To whatever is written after it but "go on". */
  alarmAgain: Readonly<Record<Alarm, (call: { emergency: string; crisis: string }) => string>>;
  goOnLabel(): string;
  smallTalk: Readonly<Record<SmallTalk, (phone: string) => string>>;
  /** Stands in the place of a card whose button was tapped. */
  chosen(label: string): string;
  /** A tap on a button that has been used, and on one of an older question. */
  alreadyDone(): string;
  stepOver(): string;
  askStartOver(): string;
  startedOver(): string;
  stopped(): string;

  // Questions
  askName(): string;
  askLastName(): string;
  askBirthDate(): string;
  askBirthDateWhich(): string;
  askOffice(): string;
  askDoctor(): string;
  askVisitType(): string;
  /** `zone` names the office's clock. */
  askDay(zone: string): string;
  askTime(day: LocalDate): string;
  askConfirm(visit: VisitFacts): Card;
  /** In place of its question, where the patient has other visits that day: doctor and time of each. */
  askConfirmAlso(visits: readonly string[]): string;
  askChange(): string;
  /** Two or more of the choices fit equally well. */
  askWhich(): string;
  /** The name of the time zone, as in `Eastern Time`. */
  zone(timeZone: string): string;
  thanks(firstName: string): string;
  /** Says back what one sentence named beyond the question: names, days, parts of the day. */
  heard(parts: readonly string[]): string;
  /** `Mon Dec 1 to Sun Dec 7` */
  days(from: LocalDate, to: LocalDate): string;
  /** `9:30 AM` */
  time(minute: number): string;
  /** `in the morning`, `after 4:00 PM`, `2:00 PM to 4:00 PM`; `until` is not included. */
  partOfDay(from: number, until: number): string;
  soonest(): string;
  anyDoctor(): string;
  unknownDoctor(): string;
  notAtOffice(doctor: string, office: string): string;
  noLastDoctor(): string;
  /** To "I don't know" at the kinds of visit. */
  tellWhy(): string;
  /** Kinds of visit that may fit a reason; which it is, is for the patient to say. */
  maybeVisit(names: readonly string[]): string;
  /** `notLooked`: how many more doctors there would be. */
  lookedAt(doctors: readonly string[], notLooked: number): string;
  firstTimes(): string;
  fittingDays(): string;
  /** A time was lost to somebody else for the second time. */
  lostAgain(phone: string): string;
  noSuchVisit(): string;
  /** Offices with their addresses, a line each. */
  places(lines: readonly string[]): string;
  /** To "any time": the patient's word is needed all the same. */
  pickTime(): string;
  onlyOne(slot: 'office' | 'doctor' | 'visitType'): string;

  // Answers that do not fit
  /** By SMS, where YES is the carrier's word. */
  replyToBook(): string;
  missed: Readonly<Record<MissKind, () => string>>;
  hint: Readonly<Record<MissKind, () => string>>;
  /** The third miss: a person, and the way back. */
  missedAgain(phone: string): string;
  shortYear(): string;
  impossibleBirthDate(): string;
  impossibleDay(): string;
  pastDay(): string;
  beyondHorizon(horizonDays: number): string;
  closedDay(): string;
  noTimesThen(): string;
  timeNotOffered(): string;
  /** Leads from a day or time that cannot be had to those that can. */
  /** To "nothing earlier?": at all, on that day, or of what was asked for. */
  nothingEarlier(where: 'at-all' | 'day' | 'wished'): string;
  /** To "the closest one", with the addresses behind it. */
  nearestOffice(): string;
  /** To "I don't mind which". */
  thenOffice(name: string): string;
  closest(): string;
  noOpenTimes(phone: string): string;
  noDoctors(phone: string): string;

  // Outcomes
  /** Names no person: on our record the name may have been deleted since. */
  booked(visit: Omit<VisitFacts, 'person'>, reference: string): Card;
  /** To a second yes, when the first has booked. */
  addToCalendar(): string;
  alreadyBooked(): string;
  /** Said between the turns of a patient whose last booking is still unsure. */
  stillChecking(phone: string): string;
  bookedAfterAll(when: string, doctor: string, reference: string): string;
  notBookedAfterAll(when: string, doctor: string): string;
  /** What came of a change that was in doubt; the time is the visit's present one, or the one that it no longer has. */
  changedAfterAll: Readonly<Record<StandingNews | GoneNews, (when: string, doctor: string) => string>>;
  /** The own visit in the way is itself not confirmed yet. */
  overlapsUnsure(facts: ErrorFacts): string;
  /** `scopes`: the EHR's own names of them, for whoever at the practice is told. */
  missingPermission(scopes: string, phone: string): string;
  bookingErrors: Readonly<Record<BookingError['kind'], (facts: ErrorFacts) => string>>;
  policy: Readonly<Record<PolicyRule['rule'], (facts: ErrorFacts) => string>>;
  identifyErrors: Readonly<Record<IdentifyError['kind'], (phone: string) => string>>;
}

const languages: Readonly<Record<Language, Phrases>> = { en, es };

export const phrasesOf = (language: Language): Phrases => languages[language];
