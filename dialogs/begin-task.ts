// Begins something else than a booking: what it is about is read from the sentence, and a booking under way is put aside.
import { withBareHour } from './bare-hour.ts';
import { hear } from './hear.ts';
import { relations } from './hear-noise.ts';
import { wantsCalendar } from './later-words.ts';
import { type Draft, type Memory, slots, withoutWho } from './memory.ts';
import { readShift, type ShiftSaid } from './shift.ts';
import type { Task, VisitTask } from './task-memory.ts';
import { goOn, type Step, type Turn } from './turn.ts';
import { aboutVisit } from './visits.ts';
import { withWish } from './wish.ts';
import { fold } from './words.ts';

/** Seeing, calling off or moving a visit: "move my Tuesday visit to Friday" names which one, and when instead; `ofLatest`: the one spoken of last. */
export async function beginVisits(
  turn: Turn,
  memory: Memory,
  kind: VisitTask['kind'],
  ofLatest = false,
): Promise<Step> {
  // Those of who is known would be taken for theirs; a booking that was under way is not theirs either.
  if (memory.who !== undefined && isOfAnother(turn.text))
    return beginVisits(turn, { ...withoutWho(memory), draft: undefined, aside: undefined }, kind);
  const { latest } = memory;
  const said = await sayingOf(turn, memory, kind);
  const isLatest =
    latest !== undefined &&
    said.about === undefined &&
    (kind !== 'see' || wantsCalendar(turn.text)) &&
    (ofLatest || pointsBack(said.which));
  const { about, wish, shift } = said;
  return begun(memory, {
    kind,
    ...(isLatest ? { chosen: latest } : {}),
    ...(about === undefined ? {} : { about }),
    ...(wish === undefined ? {} : { wish }),
    ...(shift === undefined ? {} : { shift }),
  });
}

const visit = '(?:appointments?|appts?|visits?|bookings?|citas?|visitas?|turnos?|consultas?|ones?)';
const another = new RegExp(
  `\\b(?:my|our) (?:${relations})(?:'?s|s') (?:\\S+ ){0,2}?${visit}\\b|` +
    `\\b(?:${visit}|la|las) (?:for|of|de|para) (?:my|our|mi|mis|nuestr[ao]) (?:${relations})\\b`,
);

/** "Cancel my son's appointment", "la cita de mi hija". */
const isOfAnother = (text: string): boolean => another.test(fold(text));

/** Which visit a sentence is about, and, of a move, when it is to be instead. */
export async function sayingOf(
  turn: Turn,
  memory: Memory,
  kind: VisitTask['kind'],
): Promise<{ readonly which: string } & Pick<VisitTask, 'about' | 'wish' | 'shift'>> {
  const said = kind === 'move' ? readShift(turn.text) : undefined;
  const { which, instead } =
    said !== undefined
      ? partedAround(said)
      : kind === 'move'
        ? parted(turn.text)
        : { which: turn.text, instead: undefined };
  const about = aboutVisit(await hear({ ...turn, text: which.replace(cannotCome, ' ') }, memory));
  const heard =
    instead === undefined
      ? undefined
      : withBareHour(instead, await hear({ ...turn, text: instead }, memory), [
          /^(?:(?:at|las|a las) )?(\d{1,2})$/i,
        ]);
  const wish = heard === undefined ? undefined : withWish({}, heard).wish;
  return {
    which,
    ...(about === undefined ? {} : { about }),
    ...(wish === undefined ? {} : { wish }),
    ...(said === undefined ? {} : { shift: said.shift }),
  };
}

export const beginData = (memory: Memory, kind: 'show-data' | 'delete-data'): Step => begun(memory, { kind });

/** "On Thursday, I can't make it": the Thursday of that visit is not turned down. */
const cannotCome =
  /\b(?:but |and )?i (?:can'?t|can ?not|won'?t|will not|am not able to|won'?t be able to) (?:make it|come|go|be there|attend)\b(?! (?:on|at))|\b(?:pero |y )?(?:ya )?no (?:puedo|voy a poder|podr[eé]) (?:ir|asistir|llegar)\b(?! el)/i;

/** "Cancel it", "undo", "move that one": the visit that was spoken of last. */
const pointing = /^\S+(?: \S+)?$|\b(?:it|that|this|one|esa|eso|esta)\b|(?:ar|er)la\b/;

export const pointsBack = (text: string): boolean => pointing.test(fold(text));

/** The claim stays where it is; a visit that was being moved stands as it is, so nothing of that needs keeping. */
function begun(memory: Memory, task: Task): Step {
  const { firstName, lastName, birthDate, ...booking } = memory.draft ?? {};
  const claim: Draft = {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
  const isAsked = memory.asked !== undefined && memory.asked !== 'who' && isSlot(memory.asked);
  const isBooking =
    memory.task === undefined && booking.moving === undefined && (isAsked || hasAnswers(booking));
  const aside = isBooking ? booking : memory.aside;
  const { aside: _aside, page: _page, misses: _misses, shown: _shown, ...rest } = memory;
  return goOn({ ...rest, task, draft: claim, ...(aside === undefined ? {} : { aside }) });
}

const isSlot = (asked: string): boolean => slots.some((slot) => slot === asked);
const hasAnswers = (draft: Draft): boolean => Object.values(draft).some((value) => value !== undefined);

/** "Move my visit on Tuesday | to Friday at 10", "reschedule | for next week". */
const whatToWhen =
  /^(?<which>.*?\b(?:appointments?|appts?|visits?|bookings?|it|one|citas?|visitas?|turnos?|reprogramar(?:la)?|cambiar(?:la)?|mover(?:la)?|pasar(?:la)?|reschedule|rebook|move)\b.*?)\s(?:to|until|for|para|al|a)\s(?<instead>.+)$/i;

/** "Can I come on Friday | instead of Tuesday?" */
const whenNotWhich = /^(?<instead>.+?)\s(?:instead of|rather than|en vez del?|en lugar del?)\s(?<which>.+)$/i;

/** "Move my Tuesday visit to Friday, | same time", "reschedule, | same time | on Wednesday": what stands behind is when instead. */
function partedAround({ before, after }: ShiftSaid): ReturnType<typeof parted> {
  const { which, instead = '' } = parted(before.replace(/ (?:to|at|for|on|by|para|a|al|por)$/, ''));
  const when = `${instead} ${after}`.trim();
  return { which, instead: when === '' ? undefined : when };
}

function parted(text: string): { readonly which: string; readonly instead: string | undefined } {
  const said = text.slice(0, 500);
  const found = (whenNotWhich.exec(said) ?? whatToWhen.exec(said))?.groups;
  return { which: found?.['which'] ?? text, instead: found?.['instead'] };
}
