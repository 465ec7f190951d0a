// One sentence against a practice as it stands, told as one flat object: what `npm run understand` prints.
import { askReason } from '../dialogs/ask-reason.ts';
import { understand } from '../dialogs/understand.ts';
import type { AskReason, Hearing, Intent, Roster, Understood } from '../dialogs/understood.ts';
import {
  type DoctorId,
  doctorId,
  type LocalDate,
  type OfficeId,
  officeId,
  ok,
  type Result,
  visitTypeId,
} from '../services/domain.ts';
import type { BrowseError, UseCases } from '../services/use-cases.ts';
import { addDays, wallTimeOf } from '../services/wall-time.ts';

/** Absent is what the sentence does not say, or says in a way that needs the question in `ask`. */
export interface UnderstoodLine {
  readonly intent: Intent | 'none';
  readonly doctor?: string;
  readonly office?: string;
  /** An id where only one is possible, else the type's name. */
  readonly visitType?: string;
  readonly day?: readonly [from: LocalDate, to: LocalDate];
  readonly minutes?: readonly [from: number, until: number];
  readonly ask?: AskReason;
  readonly soonest?: true;
}

interface Asked {
  readonly useCases: Pick<UseCases, 'directory' | 'openTimes'>;
  readonly language: Hearing['language'];
  readonly nowMs: number;
  readonly horizonDays: number;
}

interface Pair {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly timeZone: string;
}

/** A sentence is looked up in the calendar where its day and names leave so few doctors at offices. */
const mostLooks = 4;

export async function understoodLine(
  text: string,
  asked: Asked,
): Promise<Result<UnderstoodLine, BrowseError>> {
  const read = await readPractice(asked.useCases);
  if (!read.ok) return read;
  const { roster, pairs } = read.value;
  const hear = (timeZone: string): Understood => {
    const now = wallTimeOf(asked.nowMs, timeZone);
    const today = now.slice(0, 10);
    const nowMinute = Number(now.slice(11, 13)) * 60 + Number(now.slice(14, 16));
    const limit = addDays(today, asked.horizonDays);
    return understand(text, { roster, language: asked.language, today, nowMinute, limit });
  };
  const firstZone = pairs[0]?.timeZone ?? 'UTC';
  const first = hear(firstZone);
  // The days are those of the office that was named.
  const named = first.office?.kind === 'one' ? first.office.id : undefined;
  const zone = pairs.find((pair) => pair.officeId === named)?.timeZone ?? firstZone;
  const understood = zone === firstZone ? first : hear(zone);
  const reason = askReason(understood);
  const ask =
    reason !== undefined && reason !== 'which-visit-type'
      ? reason
      : ((await looked(understood, pairs, roster, asked.useCases)) ?? reason);
  return ok({ ...facts(understood, roster), ...(ask === undefined ? {} : { ask }), ...soonest(understood) });
}

const soonest = ({ soonest }: Understood) => (soonest === true ? { soonest } : {});

/** Offices, doctors and visit types that can be booked, and who works where in which zone. */
async function readPractice({
  directory,
}: Asked['useCases']): Promise<Result<{ roster: Roster; pairs: readonly Pair[] }, BrowseError>> {
  const [offices, doctors] = await Promise.all([directory.offices(), directory.doctors()]);
  if (!offices.ok) return offices;
  if (!doctors.ok) return doctors;
  const visitTypes = new Map<string, Roster['visitTypes'][number]>();
  for (const { id } of doctors.value) {
    const types = await directory.visitTypesOf(id);
    if (!types.ok) return types;
    for (const type of types.value) visitTypes.set(type.id, type);
  }
  const pairs: Pair[] = [];
  for (const { id } of offices.value) {
    const here = await directory.doctorsAt(id);
    if (!here.ok) return here;
    for (const doctor of here.value) {
      const zone = await directory.timeZoneAt(id, doctor.id);
      if (!zone.ok) return zone;
      if (zone.value !== undefined) pairs.push({ officeId: id, doctorId: doctor.id, timeZone: zone.value });
    }
  }
  const roster = { offices: offices.value, doctors: doctors.value, visitTypes: [...visitTypes.values()] };
  return ok({ roster, pairs });
}

function facts(understood: Understood, roster: Roster): UnderstoodLine {
  const { doctor, office, day, time } = understood;
  const visitType = visitTypeOf(understood, roster);
  const minute = time?.kind === 'at' ? time.readings[0] : undefined;
  return {
    intent: understood.intent ?? (namesSlot(understood) ? 'book' : 'none'),
    ...(doctor === undefined ? {} : mentioned('doctor', doctor)),
    ...(office === undefined ? {} : mentioned('office', office)),
    ...(visitType === undefined ? {} : { visitType }),
    ...(day?.kind === 'days' ? { day: [day.from, day.to] as const } : {}),
    ...(minute === undefined ? {} : { minutes: [minute, minute] as const }),
    ...(time?.kind === 'between' ? { minutes: [time.from, time.until] as const } : {}),
  };
}

const mentioned = (
  slot: 'doctor' | 'office',
  mention: NonNullable<Understood['doctor']>,
): Pick<UnderstoodLine, 'doctor' | 'office'> => {
  if (mention.kind === 'one') return { [slot]: mention.id };
  return mention.kind === 'any' || mention.kind === 'same' ? { [slot]: mention.kind } : {};
};

const namesSlot = ({
  doctor,
  office,
  visitType,
  day,
  time,
  soonest,
  forWhom,
  unwanted,
}: Understood): boolean =>
  [doctor, office, visitType, day, time, soonest, forWhom, unwanted].some((slot) => slot !== undefined);

function visitTypeOf({ doctor, visitType }: Understood, roster: Roster): string | undefined {
  if (visitType?.kind !== 'one') return undefined;
  const ids = roster.visitTypes.filter(
    (type) =>
      type.name === visitType.name &&
      (doctor?.kind !== 'one' || type.doctorId === undefined || type.doctorId === doctor.id),
  );
  return ids.length === 1 ? ids[0]?.id : visitType.name;
}

/** "Closed" and "not at that time" of the one day that was named, where the calendar says so for everybody who is meant. */
async function looked(
  understood: Understood,
  pairs: readonly Pair[],
  roster: Roster,
  { openTimes }: Asked['useCases'],
): Promise<AskReason | undefined> {
  const { intent = 'book', day, time } = understood;
  if (day?.kind !== 'days' || day.from !== day.to || (intent !== 'book' && intent !== 'move'))
    return undefined;
  const meant = pairs.filter((pair) => isMeant(pair, understood));
  if (meant.length === 0 || meant.length > mostLooks) return undefined;
  const starts = new Set<string>();
  for (const pair of meant) {
    const type = typeFor(pair, understood, roster);
    const open = await openTimes({
      ...pair,
      ...(type === undefined ? {} : { visitTypeId: visitTypeId(type) }),
    });
    if (!open.ok) return undefined;
    for (const { localStart } of open.value.slots)
      if (localStart.startsWith(day.from)) starts.add(localStart.slice(11));
  }
  if (starts.size === 0) return 'closed-day';
  const minute = time?.kind === 'at' ? time.readings[0] : undefined;
  return minute === undefined || starts.has(clock(minute)) ? undefined : 'time-not-open';
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function isMeant(pair: Pair, { doctor, office, unwanted }: Understood): boolean {
  if (doctor?.kind === 'one' && pair.doctorId !== doctorId(doctor.id)) return false;
  if (office?.kind === 'one' && pair.officeId !== officeId(office.id)) return false;
  return (
    unwanted?.doctors?.includes(pair.doctorId) !== true && unwanted?.offices?.includes(pair.officeId) !== true
  );
}

const typeFor = (pair: Pair, { visitType }: Understood, { visitTypes }: Roster): string | undefined =>
  visitType?.kind === 'one'
    ? visitTypes.find(
        ({ name, doctorId }) =>
          name === visitType.name && (doctorId === undefined || doctorId === pair.doctorId),
      )?.id
    : undefined;
