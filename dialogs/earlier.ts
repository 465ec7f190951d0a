// "Nothing earlier?" at a list of days or times: a page back where there is one, else that there is nothing.
import { isDay, isStart, openTimes, turnedPage } from './lists.ts';
import type { Memory } from './memory.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import { daysOf, startsOn } from './when.ts';
import { fold } from './words.ts';

const earlier =
  /^(?:(?:is|are) there |isnt there |do you have |you dont have |dont you have |have you got |you got |got |i need |what about |how about )?(?:(?:nothing|anything|something|none|no|not any|any|a|an) )?(?:(?:times?|days?|one|ones|slots?|openings?|appointments?) )?(?:any )?(?:earlier|sooner|before that)(?: (?:times?|days?|one|ones|slots?|openings?|appointments?))?(?: available| open| than that| than this| that day)?$|^(?:y )?(?:no )?(?:(?:hay|tienen?|tendra|tendran|habra|quiero|necesito) )?(?:(?:nada|algo|alguna|una|ninguna|otra|uno) )?(?:(?:cita|hora) )?(?:mas temprano|antes|mas pronto|mas temprana)(?: disponible| ese dia)?$/;

/** Undefined where something else is said, or the calendar cannot be read. */
export async function askedEarlier(turn: Turn, memory: Memory): Promise<Step | undefined> {
  if (turn.picked !== undefined || !earlier.test(fold(turn.text).replace(/'/g, ''))) return undefined;
  const { shown = [], draft = {} } = memory;
  if (shown.includes('earlier')) return goOn(turnedPage(turn, memory, 'earlier'));
  const first = shown.find((key) => isDay(key) || isStart(key));
  const offer = await openTimes(turn, memory);
  if (first === undefined || !offer.ok) return undefined;
  const { slots } = offer.value;
  const words = wordsFor(memory);
  const known: Memory = { ...memory, misses: undefined };
  const { day } = draft;
  const earliest = day === undefined ? slots[0]?.localStart : startsOn(slots, day)[0];
  // Closest to what was said, or in a part of the day: there are others before them.
  if (earliest !== undefined && first > earliest.slice(0, first.length))
    return draft.wish === undefined
      ? goOn({ ...known, page: 0 })
      : goOn(known, words.nothingEarlier('wished'));
  return goOn(known, words.nothingEarlier(day === undefined || day === daysOf(slots)[0] ? 'at-all' : 'day'));
}
