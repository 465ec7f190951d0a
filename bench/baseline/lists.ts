// The constant lists that the stock bot offers: what Bookadoc offered once, so that both send the same replies.
import { z } from 'zod';
import { en } from '../../dialogs/phrases/en.ts';
import type { Booked } from '../patient.ts';

const labels = z.array(z.string());

export const listsSchema = z.object({
  practice: z.string(),
  timeZone: z.string(),
  /** Of the chosen office, as the confirmation reads it. */
  places: z.record(z.string(), z.string()),
  offices: labels,
  doctors: labels,
  visitTypes: labels,
  days: labels,
  times: labels,
  /** Label of a day -> its date, label of a time -> its wall time. */
  dates: z.record(z.string(), z.string()),
  wallTimes: z.record(z.string(), z.string()),
  reference: z.string(),
});
export type Lists = z.infer<typeof listsSchema>;

/** Reads the lists out of a whole booking conversation of ten turns; `today` is `YYYY-MM-DD`. */
export function listsOf({ transcript }: Booked, practice: string, timeZone: string, today: string): Lists {
  const lastOf = (turn: number) => transcript[turn]?.replies.at(-1) ?? { text: '', choices: [] };
  const typed = (turn: number): string => transcript[turn]?.typed ?? '';
  const line = (text: string, name: string): string =>
    text
      .split('\n')
      .find((each) => each.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? '';
  const days = lastOf(6).choices;
  const times = lastOf(7).choices;
  const calendar = Array.from({ length: 90 }, (_, index) =>
    new Date(Date.parse(today) + index * 86_400_000).toISOString().slice(0, 10),
  );
  const minutes = Array.from({ length: 1440 }, (_, minute) =>
    new Date(minute * 60_000).toISOString().slice(11, 16),
  );
  return {
    practice,
    timeZone,
    places: { [typed(4)]: line(lastOf(8).text, 'Where') },
    offices: [...lastOf(3).choices],
    doctors: [...lastOf(4).choices],
    visitTypes: [...lastOf(5).choices],
    days: [...days],
    times: [...times],
    dates: Object.fromEntries(
      days.map((label) => [label, calendar.find((date) => en.day(date) === label) ?? today]),
    ),
    wallTimes: Object.fromEntries(
      times.map((label) => [
        label,
        minutes.find((time) => clockOf(en.dayAndTime(`${today}T${time}`)) === clockOf(label)) ?? '00:00',
      ]),
    ),
    reference: line(lastOf(9).text, 'Reference'),
  };
}

/** `9:30 AM` of `Tue Feb 18, 9:30 AM`. */
const clockOf = (label: string): string => label.split(', ').at(-1) ?? label;
