// A small practice that works: directory, open times, identification and booking in memory, and failures on request.
import {
  appointmentId,
  type BookingError,
  bookingId,
  type ConfirmedBooking,
  type Doctor,
  doctorId,
  fail,
  type Office,
  officeId,
  ok,
  patientId,
  type Slot,
  type VisitType,
  visitTypeId,
} from '../../services/domain.ts';
import type { NewPatient } from '../../services/identity-cases.ts';
import type {
  BookRequest,
  BrowseError,
  Claim,
  IdentifiedPatient,
  News,
  OfferRequest,
  OwnVisit,
  UseCases,
} from '../../services/use-cases.ts';
import { type FakeIdentity, fakeIdentity } from './fake-identity.ts';
import { type FakeVisits, fakeVisits, type VisitRequests, visitOn } from './fake-visits.ts';

export const maria = patientId('31');

const office = (id: string, name: string, address: string, phone: string): Office => ({
  id: officeId(id),
  name,
  address,
  city: 'Riverbend',
  state: 'NY',
  phone,
  rooms: [{ index: 1, name: 'Room 1', online: true }],
  opensMinute: 0,
  closesMinute: 0,
});
const doctor = (id: string, firstName: string, lastName: string, specialty: string): Doctor => ({
  id: doctorId(id),
  firstName,
  lastName,
  name: `Dr. ${firstName} ${lastName}`,
  specialty,
  timeZone: 'America/New_York',
});
const visitType = (id: string, name: string, durationMinutes: number): VisitType => ({
  id: visitTypeId(id),
  name,
  durationMinutes,
  online: true,
});

export const mainStreet = office('1', 'Main Street', '12 Main Street', '555-0101');
export const lakeside = office('2', 'Lakeside', '4 Lake Road', '');
export const doe = doctor('11', 'John', 'Doe', 'Family Medicine');
export const annLee = doctor('12', 'Ann', 'Lee', 'Pediatrics');
export const bobLee = doctor('13', 'Bob', 'Lee', 'Cardiology');
export const checkup = visitType('21', 'Checkup', 30);
export const newPatient = visitType('22', 'New patient visit', 60);

interface Chart extends Claim, IdentifiedPatient {}
const chart = (
  id: string,
  firstName: string,
  lastName: string,
  birthDate: string,
  language: string,
): Chart => ({
  id: patientId(id),
  name: `${firstName} ${lastName}`,
  firstName,
  lastName,
  birthDate,
  preferredLanguage: language,
});

/** What the practice has, and what goes wrong; change it between turns. */
export interface FakePractice extends FakeVisits, FakeIdentity {
  offices: readonly Office[];
  doctors: readonly Doctor[];
  visitTypes: readonly VisitType[];
  /** `YYYY-MM-DD` days without open times, beside weekends. */
  closedDays: readonly string[];
  horizonDays: number;
  browseError?: BrowseError | undefined;
  /** The next booking fails so, once. */
  bookError?: BookingError | undefined;
  /** The next time that is picked is held by somebody else, once. */
  holdError?: Extract<BookingError, { kind: 'slot-taken' }> | undefined;
  news: readonly News[];
  /** What the patient has already on any day that they pick, and how often the EHR could have been asked. */
  sameDay: readonly OwnVisit[];
  ownDayReads: number;
  /** Whom the patient saw last, as far as our store knows. */
  lastDoctor?: Doctor['id'];
}

export interface FakeUseCases extends UseCases {
  readonly asked: VisitRequests;
  readonly reads: () => number;
  readonly registered: readonly NewPatient[];
  readonly deleted: readonly string[];
  readonly practice: FakePractice;
  /** Every booking asked for, in order. */
  readonly requests: readonly BookRequest[];
  readonly claims: readonly Claim[];
  /** Every time that was asked to be held, in order. */
  readonly held: readonly BookRequest[];
  /** Conversations that let go of what they might hold, in order. */
  readonly released: readonly string[];
}

const timeZone = 'America/New_York';
const dayMs = 86_400_000;
// Eastern Standard Time until the spring change of 2025, Daylight Time from it on: this practice lives in that spring.
const offsetHours = (date: string) => (date < '2025-03-09' ? 5 : 4);

/** Open every half hour of weekdays from 9:00 to 11:30 and 13:00 to 16:30, from `today` + 1 day to the horizon. */
export function fakeUseCases(today: string): FakeUseCases {
  const practice: FakePractice = {
    offices: [mainStreet, lakeside],
    doctors: [doe, annLee, bobLee],
    visitTypes: [checkup, newPatient],
    closedDays: [],
    horizonDays: 60,
    news: [],
    visits: [],
    proof: 'none',
    links: new Map(),
    sameDay: [],
    ownDayReads: 0,
  };
  const charts = [
    chart('31', 'Maria', 'Lopez', '1980-03-25', 'eng'),
    chart('32', 'Sam', 'Stone', '1975-12-01', 'eng'),
    chart('33', 'Lucía', 'Reyes Vega', '1990-04-03', 'spa'),
  ];
  const requests: BookRequest[] = [];
  const claims: Claim[] = [];
  const released: string[] = [];
  const held: BookRequest[] = [];
  const browsed = <T>(value: T) =>
    Promise.resolve(practice.browseError === undefined ? ok(value) : fail(practice.browseError));

  function slotsFor(request: OfferRequest): readonly Slot[] {
    const slots: Slot[] = [];
    for (let ahead = 1; ahead <= practice.horizonDays; ahead++) {
      const at = new Date(Date.parse(`${today}T00:00:00Z`) + ahead * dayMs);
      const date = at.toISOString().slice(0, 10);
      if ([0, 6].includes(at.getUTCDay()) || practice.closedDays.includes(date)) continue;
      for (let minute = 540; minute < 1020; minute += 30) {
        if (minute >= 720 && minute < 780) continue;
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${minute % 60 === 0 ? '00' : '30'}`;
        slots.push(slotOn(`${date}T${time}`, { officeId: request.officeId, doctorId: request.doctorId }));
      }
    }
    return slots;
  }

  function bookingOf(request: BookRequest): ConfirmedBooking {
    const chosenOffice = practice.offices.find(({ id }) => id === request.officeId) ?? mainStreet;
    const chosenDoctor = practice.doctors.find(({ id }) => id === request.doctorId) ?? doe;
    const { startsAt } = slotOn(request.localStart ?? '');
    return {
      id: bookingId(`b${requests.length}`),
      ref: `ref${requests.length}`,
      key: 'key',
      attempt: 1,
      patientId: request.patientId ?? patientId('0'),
      patientName: request.patientName ?? '',
      doctorId: chosenDoctor.id,
      doctorName: chosenDoctor.name,
      officeId: chosenOffice.id,
      officeName: chosenOffice.name,
      room: 1,
      startsAt,
      timeZone,
      durationMinutes: 30,
      channel: request.channel,
      ehrStatus: '',
      createdAt: startsAt,
      updatedAt: startsAt,
      status: 'confirmed',
      appointment: appointmentId(`90${requests.length}`),
    };
  }

  const visits = fakeVisits(practice);
  const identity = fakeIdentity(practice, (claim) => {
    const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const found = charts.find(
      (one) =>
        one.birthDate === claim.birthDate &&
        fold(`${one.firstName} ${one.lastName}`) === fold(`${claim.firstName} ${claim.lastName}`),
    );
    if (found === undefined) return undefined;
    const { id, name, firstName, preferredLanguage } = found;
    return { id, name, firstName, preferredLanguage };
  });

  return {
    practice,
    requests,
    claims,
    released,
    held,
    directory: {
      offices: () => browsed(practice.offices),
      doctors: () => browsed(practice.doctors),
      doctorsAt: () => browsed(practice.doctors),
      officesOf: () => browsed(practice.offices),
      visitTypesOf: () => browsed(practice.visitTypes),
      timeZoneAt: () => browsed(timeZone),
      roster: () =>
        browsed({
          offices: practice.offices,
          doctors: practice.doctors,
          visitTypes: practice.visitTypes,
          timeZones: new Map(practice.offices.map(({ id }) => [id, timeZone])),
        }),
    },
    openTimesOfAny: async ({ officeId }) =>
      browsed({
        slots: practice.doctors.flatMap((each) => slotsFor({ officeId, doctorId: each.id })).sort(byStart),
        timeZone,
        readAt: `${today}T14:00:00.000Z`,
        looked: practice.doctors,
        notLooked: 0,
      }),
    recorded: async () => [],
    lastDoctorOf: async () => practice.lastDoctor,
    openTimes: async (request) =>
      browsed({ slots: slotsFor(request), timeZone, readAt: `${today}T14:00:00.000Z` }),
    ...visits,
    isProvider: () => false,
    agenda: async () => fail({ kind: 'not-a-provider' }),
    ...identity,
    claim(claim, asker) {
      claims.push(claim);
      return identity.claim(claim, asker);
    },
    async hold(request) {
      held.push(request);
      const error = practice.holdError;
      practice.holdError = undefined;
      return error === undefined ? ok(undefined) : fail(error);
    },
    async sameDayVisits(_, mayReadEhr) {
      if (mayReadEhr) practice.ownDayReads += 1;
      return { visits: practice.sameDay, readEhr: mayReadEhr && practice.sameDay.length > 0 };
    },
    release: async (conversationId) => void released.push(conversationId),
    async book(request) {
      requests.push(request);
      const error = practice.bookError;
      practice.bookError = undefined;
      if (error !== undefined) return fail(error);
      const booking = bookingOf(request);
      practice.visits = [...practice.visits, visitOf(booking, request.localStart ?? '')];
      return ok(booking);
    },
    calendarVisit: async () => fail('not-found'),
    newsFor: async () => practice.news,
    trail: () => 'unbroken',
    async newsSaid(ids) {
      practice.news = practice.news.filter(({ id }) => !ids.includes(id));
    },
  } satisfies FakeUseCases;
}

const visitOf = (
  {
    appointment,
    patientId: patient,
    doctorId: doctor,
    doctorName,
    officeId: at,
    officeName,
  }: ConfirmedBooking,
  localStart: string,
) =>
  visitOn(localStart, {
    appointment,
    patientId: patient,
    doctorId: doctor,
    doctorName,
    officeId: at,
    officeName,
  });

const byStart = (a: Slot, b: Slot): number => a.startsAt.localeCompare(b.startsAt);

/** A start on the practice's calendar as a slot; Dr. Doe's at Main Street unless told. */
export function slotOn(localStart: string, of: Partial<Pick<Slot, 'officeId' | 'doctorId'>> = {}): Slot {
  const startMs = Date.parse(`${localStart}:00Z`) + offsetHours(localStart.slice(0, 10)) * 3_600_000;
  return {
    officeId: mainStreet.id,
    doctorId: doe.id,
    ...of,
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(startMs + 1_800_000).toISOString(),
    localStart,
    timeZone,
    durationMinutes: 30,
  };
}
