// Reads the time of day out of a sentence, in English and Spanish. Pure, linear, never guesses between morning and evening.

/** Minutes after midnight. `at`: every reading of the time (two where AM or PM is open). `from`/`until`: a part of the day. */
export type TimeReading =
  | { readonly kind: 'at'; readonly minutes: readonly number[] }
  | { readonly kind: 'from'; readonly minute: number; readonly until: number };

const noonMinute = 720;
const endOfDay = 1440;

/** `12h` clock to minutes; without am/pm both halves of the day, an hour over 12 as it stands. */
function readings(hour: number, minute: number, half: 'am' | 'pm' | undefined): readonly number[] {
  if (hour > 23 || minute > 59) return [];
  if (hour > 12 || hour === 0) return [hour * 60 + minute];
  const morning = (hour % 12) * 60 + minute;
  if (half === 'am') return [morning];
  if (half === 'pm') return [morning + noonMinute];
  return [morning, morning + noonMinute];
}

const clock =
  /(?<![\d/:.-])(\d{1,2})(?:[:.h](\d{2}))?(?![\d/-])(?: ?(am|pm|o'?clock|hrs|h\b))?(?: (?:y|con) (media|cuarto))?(?: (?:de|por|en|in) (?:la|the) (manana|tarde|noche|morning|afternoon|evening))?/g;

const halfOf = (mark: string | undefined, part: string | undefined): 'am' | 'pm' | undefined => {
  if (mark?.startsWith('a') === true || part === 'manana' || part === 'morning') return 'am';
  return mark?.startsWith('p') === true || part !== undefined ? 'pm' : undefined;
};

/** The clock times that stand in the text. A bare number counts only behind a word such as "at", "after", "a las". */
function clockTimes(text: string): readonly (readonly number[])[] {
  return [...text.matchAll(clock)].flatMap((found) => {
    const [whole, hour, minute, mark, extra, part] = found;
    const before = text.slice(Math.max(0, found.index - 12), found.index);
    const led = /(?:\bat|\bafter|\bbefore|\bby|\bfrom|\baround|\blas?|@) ?$/.test(before);
    const marked = minute !== undefined || mark !== undefined || extra !== undefined || part !== undefined;
    if (!led && !marked) return [];
    // "the 3rd", "la 18 de febrero": a day's number, not an hour.
    if (/^(?:\p{L}| de (?!la))/u.test(text.slice(found.index + whole.length))) return [];
    const minutes = extra === 'media' ? 30 : extra === 'cuarto' ? 15 : Number(minute ?? 0);
    return [readings(Number(hour), minutes, halfOf(mark, part))];
  });
}

/**
 * The time that folded text names: "9:30", "3 pm", "a las 9 y media", "noon", "after 3", "in the morning". Two different
 * times are no time: the patient is asked. After and before take a bare hour of 1 to 7 as afternoon, as offices are open.
 */
export function readTime(text: string): TimeReading | undefined {
  const times = clockTimes(text).filter((time) => time.length > 0);
  const [time, second] = times;
  if (second !== undefined) return undefined;
  if (time !== undefined) {
    const officeHours = time.length > 1 ? (time.find((minute) => minute >= 480) ?? time[0]) : time[0];
    if (officeHours === undefined) return undefined;
    if (/\b(?:after|from|despues de|desde|a partir de)\b/.test(text))
      return { kind: 'from', minute: officeHours, until: endOfDay };
    if (/\b(?:before|antes de)\b/.test(text)) return { kind: 'from', minute: 0, until: officeHours };
    return { kind: 'at', minutes: time };
  }
  if (/\bnoon\b|\bmidday\b|\bmediodia\b|\bmedio dia\b/.test(text))
    return { kind: 'at', minutes: [noonMinute] };
  if (/\bmornings?\b|\b(?:por|en) las? mananas?\b/.test(text))
    return { kind: 'from', minute: 0, until: noonMinute };
  if (/\bafternoons?\b|\b(?:por|en) las? tardes?\b/.test(text))
    return { kind: 'from', minute: noonMinute, until: endOfDay };
  return undefined;
}
