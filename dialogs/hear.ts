// What a turn's text says, read against the practice's roster and the office's own today.
import { addDays, minuteIn, todayIn } from './calendar.ts';
import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';
import { understand } from './understand.ts';
import type { Understood } from './understood.ts';

const nothing: Understood = {};

/** Where the practice cannot be read right now, only what needs neither its names nor its calendar day. */
export async function hear(turn: Turn, memory: Memory): Promise<Understood> {
  if (turn.picked !== undefined) return nothing;
  const { useCases, clock, horizonDays } = turn.desk;
  const roster = await useCases.directory.roster();
  const now = clock.now();
  const { offices, timeZones } = roster.ok ? roster.value : { offices: [], timeZones: new Map() };
  const office = offices.find(({ id }) => id === memory.draft?.officeId) ?? offices[0];
  const zone = office === undefined ? undefined : timeZones.get(office.id);
  if (!roster.ok || zone === undefined) return withoutPractice(turn, memory, now);
  const today = todayIn(zone, now);
  return understand(turn.text, {
    roster: roster.value,
    language: memory.language,
    today,
    nowMinute: minuteIn(zone, now),
    limit: addDays(today, horizonDays),
  });
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
