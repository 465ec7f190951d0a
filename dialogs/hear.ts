// What a turn's text says, read against the practice's roster and the office's own today.
import { addDays, minuteIn, todayIn } from './calendar.ts';
import { hearPerson, type NamedPerson } from './hear-person.ts';
import type { Memory } from './memory.ts';
import { withoutBirthDate } from './read-person.ts';
import type { Turn } from './turn.ts';
import { understand } from './understand.ts';
import type { Understood } from './understood.ts';

const nothing: Understood = {};

/** A sentence, and the person it names where that is somebody new. */
export interface Heard extends Understood {
  readonly person?: NamedPerson;
}

/** Where the practice cannot be read right now, only what needs neither its names nor its calendar day. */
export async function hear(turn: Turn, memory: Memory): Promise<Heard> {
  if (turn.picked !== undefined) return nothing;
  const { useCases, clock, horizonDays } = turn.desk;
  const roster = await useCases.directory.roster();
  const now = clock.now();
  const { offices, timeZones } = roster.ok ? roster.value : { offices: [], timeZones: new Map() };
  const office = offices.find(({ id }) => id === memory.draft?.officeId) ?? offices[0];
  const zone = office === undefined ? undefined : timeZones.get(office.id);
  if (!roster.ok || zone === undefined) return withoutPractice(turn, memory, now);
  const today = todayIn(zone, now);
  const person = hearPerson(turn, memory, roster.value);
  // A birth date is no day of a visit.
  const text = person?.birthDate === undefined ? turn.text : withoutBirthDate(turn.text);
  const said = understand(text, {
    roster: roster.value,
    language: memory.language,
    today,
    nowMinute: minuteIn(zone, now),
    limit: addDays(today, horizonDays),
  });
  return person === undefined ? said : { ...said, person };
}

function withoutPractice(turn: Turn, { language }: Memory, now: number): Understood {
  const today = todayIn('UTC', now);
  const roster = { offices: [], doctors: [], visitTypes: [] };
  const hearing = { roster, language, today, nowMinute: minuteIn('UTC', now), limit: addDays(today, 1) };
  const { intent, time, reopen, soonest } = understand(turn.text, hearing);
  return {
    ...(intent === undefined ? {} : { intent }),
    ...(time === undefined ? {} : { time }),
    ...(reopen === undefined ? {} : { reopen }),
    ...(soonest === undefined ? {} : { soonest }),
  };
}
