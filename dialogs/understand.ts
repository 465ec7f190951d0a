// STUB
import { readChange } from './commands.ts';
import { readDay } from './read-day.ts';
import { readTime } from './read-time.ts';
import type { DayMention, Hearing, TimeMention, Understood } from './understood.ts';
import { fold } from './words.ts';
export function understand(text: string, h: Hearing): Understood {
  const folded = fold(text);
  const d = readDay(folded, h.today, h.language, h.limit);
  const t = readTime(folded);
  const c = readChange(text);
  const day: DayMention | undefined =
    d === undefined
      ? undefined
      : d.kind === 'impossible'
        ? { kind: 'impossible' }
        : d.kind === 'either'
          ? { kind: 'choices', dates: d.dates }
          : d.kind === 'range'
            ? d.from > h.limit
              ? { kind: 'beyond-horizon' }
              : { kind: 'days', from: d.from, to: d.to }
            : d.date < h.today
              ? { kind: 'past' }
              : d.date > h.limit
                ? { kind: 'beyond-horizon' }
                : { kind: 'days', from: d.date, to: d.date };
  const time: TimeMention | undefined =
    t === undefined
      ? undefined
      : t.kind === 'from'
        ? { kind: 'between', from: t.minute, until: t.until }
        : {
            kind: 'at',
            readings: [...t.minutes].sort(
              (a, b) => Number(b >= 420 && b < 1140) - Number(a >= 420 && a < 1140),
            ),
          };
  return { ...(day ? { day } : {}), ...(time ? { time } : {}), ...(c ? { reopen: [c] } : {}) };
}
