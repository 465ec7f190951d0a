// A patient who books: answers each question of the bot until the visit is booked, never the same time twice.
import { en } from '../dialogs/phrases/en.ts';
import type { Person } from './people.ts';
import type { Said, Say } from './talk.ts';

export interface Booked {
  readonly turns: number;
  /** What was typed and what came back, in order; the first turn is the arrival and has no text. */
  readonly transcript: readonly { readonly typed: string; readonly replies: readonly Said[] }[];
}

const done = 'Your appointment has been successfully booked.';
const mostTurns = 40;
/** Whose turn it is: each office gets as many patients as its doctors have time for. */
const offices = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 0, 0, 0];
const notTimes = new Set([en.moreLabel(), en.earlierLabel(), en.otherDayLabel()]);

/**
 * `number` spreads the patients over offices, doctors and days; `taken` is shared by all patients of one practice and
 * holds the times they have picked, as `doctor|day|time`. Throws where the bot says something unexpected.
 */
export async function bookVisit(
  say: Say,
  who: Person,
  number: number,
  taken: Set<string>,
  begin: 'arrives' | 'again' = 'arrives',
): Promise<Booked> {
  const transcript: { typed: string; replies: readonly Said[] }[] = [];
  let doctor = '';
  let day = '';

  const pick = (choices: readonly string[], index: number): string => choices[index % choices.length] ?? '';
  const freeTime = (choices: readonly string[]): string => {
    const times = choices.filter((choice) => !notTimes.has(choice));
    const free = times.find((time) => !taken.has(`${doctor}|${day}|${time}`));
    const time = free ?? pick(times, number);
    taken.add(`${doctor}|${day}|${time}`);
    return time;
  };
  const answerTo = ({ text, choices }: Said): string => {
    if (text.endsWith(en.askName())) return who.name;
    if (text.endsWith(en.askBirthDate())) return who.birthDate;
    if (text.endsWith(en.askOffice())) return pick(choices, offices[number % offices.length] ?? 0);
    if (text.endsWith(en.askDoctor())) {
      doctor = pick(choices, Math.floor(number / 3));
      return doctor;
    }
    if (text.endsWith(en.askVisitType())) return pick(choices, 0);
    if (text.includes('Which day suits you?')) {
      const days = choices.filter((choice) => !notTimes.has(choice));
      day = pick(days, Math.floor(number / 12));
      return day;
    }
    if (text.includes('What time on ')) return freeTime(choices);
    if (/Shall I book (?:it|this one too)\?$/.test(text)) return en.yesLabel();
    // Somebody was faster: the next best time, or another day.
    if (choices.includes(en.changeLabel('day'))) return en.changeLabel('day');
    if (text.includes('Nothing was booked.') && choices.length > 0) return pick(choices, number);
    throw new Error(`no answer to: ${text}`);
  };

  let typed = begin === 'arrives' ? '' : en.bookAnotherLabel();
  let activity: Record<string, unknown> =
    begin === 'arrives'
      ? { type: 'conversationUpdate', membersAdded: [{ id: 'user' }, { id: 'bot' }] }
      : { type: 'message', text: typed };
  for (let turns = 1; turns <= mostTurns; turns += 1) {
    const replies = await say(activity);
    transcript.push({ typed, replies });
    const last = replies.at(-1);
    if (last === undefined) throw new Error(`no reply to turn ${turns}`);
    if (last.text.startsWith(done)) return { turns, transcript };
    typed = turns === 1 && begin === 'arrives' ? en.bookLabel() : answerTo(last);
    activity = { type: 'message', text: typed };
  }
  throw new Error(`not booked after ${mostTurns} turns`);
}
