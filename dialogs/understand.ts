// Understands one sentence: the intent and every slot that it names. Pure, linear, bounded; what could mean two things is a question.
import { hearDay } from './hear-day.ts';
import { hearDoctor } from './hear-doctor.ts';
import { hearForWhom, hearIntent, hearReopened, hearSoonest } from './hear-intent.ts';
import { withoutHouses, withoutNoise } from './hear-noise.ts';
import { hearOffice } from './hear-office.ts';
import { hearTime } from './hear-time.ts';
import { hearVisitType } from './hear-visit-type.ts';
import { hearWords, masked } from './hear-words.ts';
import type { DayMention, Hearing, TimeMention, Understood } from './understood.ts';

/** At most the first 500 characters of the text are read. */
export function understand(text: string, hearing: Hearing): Understood {
  const { roster } = hearing;
  const all = hearWords(text);
  if (all.length === 0) return {};
  const said = hearIntent(all, text);
  const quiet = withoutNoise(all);
  const office = hearOffice(quiet, roster);
  const placed = withoutHouses(masked(quiet, office.spans));
  const doctor = hearDoctor(placed, roster);
  // "See Priya on Wednesday": that she is a doctor only the roster knows.
  const isSeen =
    doctor.mention !== undefined &&
    doctor.spans.some(({ from }) =>
      /\b(?:see|ver|ver a|ver al)$/.test(placed.slice(Math.max(0, from - 2), from).join(' ')),
    );
  const intent = said ?? (isSeen ? 'book' : undefined);
  const doctorId = doctor.mention?.kind === 'one' ? doctor.mention.id : undefined;
  const visitType = hearVisitType(masked(all, [...office.spans]), roster, doctorId);
  const named = masked(placed, doctor.spans);
  const day = hearDay(
    named,
    hearing,
    intent === 'move',
    visitType?.kind === 'reason' || isTold(all.join(' ')),
  );
  const dayEnds = new Set(day.spans.map(({ to }) => to));
  const time = hearTime(
    masked(
      named,
      day.spans.filter(({ from, to }) => !isPartOfDay(named.slice(from, to).join(' '))),
    ),
    (at) => dayEnds.has(at),
  );
  const mentions = {
    ...(doctor.mention === undefined || (doctor.mention.kind === 'any' && intent === 'person')
      ? {}
      : { doctor: doctor.mention }),
    ...(office.mention === undefined ? {} : { office: office.mention }),
    ...(visitType === undefined ? {} : { visitType }),
    ...dayAndTime(day.mention, time.mention, hearing),
  };
  const forWhom = hearForWhom(all);
  const unwanted = {
    ...(doctor.unwanted.length === 0 ? {} : { doctors: doctor.unwanted }),
    ...(office.unwanted.length === 0 ? {} : { offices: office.unwanted }),
    ...(day.unwanted.length === 0 ? {} : { days: day.unwanted }),
  };
  const reopen =
    intent === 'move'
      ? []
      : hearReopened(all).filter((slot) => !(slot in mentions) && !(slot === 'who' && forWhom !== undefined));
  return {
    ...(intent === undefined ? {} : { intent }),
    ...mentions,
    ...(hearSoonest(all) ? { soonest: true } : {}),
    ...(forWhom === undefined ? {} : { forWhom }),
    ...(Object.keys(unwanted).length === 0 ? {} : { unwanted }),
    ...(reopen.length === 0 ? {} : { reopen }),
  };
}

/** "Tonight", "this afternoon", "esta tarde" name a day and a part of it. */
const isPartOfDay = (said: string): boolean => /^(?:this|esta) |^toni/.test(said);

// "I saw Dr. Lee yesterday" tells, "book it for yesterday" asks.
const isTold = (said: string): boolean =>
  /\b(?:was|were|had|saw|came|called|missed|started|been|went|got|fui|tuve|vi|vine|llame|estuve|empezo|falte|fue|desde)\b/.test(
    said,
  );

/** Today at an hour that is over is past, like a day that is. */
function dayAndTime(
  day: DayMention | undefined,
  time: TimeMention | undefined,
  { today, nowMinute }: Hearing,
): Pick<Understood, 'day' | 'time'> {
  const isToday = day?.kind === 'days' && day.from === today && day.to === today;
  const isOver =
    (time?.kind === 'at' && time.readings.every((minute) => minute < nowMinute)) ||
    (time?.kind === 'between' && time.until <= nowMinute);
  return {
    ...(day === undefined ? {} : { day: isToday && isOver ? { kind: 'past' } : day }),
    ...(time === undefined ? {} : { time }),
  };
}
