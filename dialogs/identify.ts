// Who the appointment is for: reads name and date of birth, and asks the practice once both are complete.

import type { IdentifiedPatient, IdentifyError } from '../services/use-cases.ts';
import { isHalfYes, plain } from './answers.ts';
import { askedBeside } from './beside.ts';
import { wantsToLook } from './browse.ts';
import { addDays, todayIn } from './calendar.ts';
import { aboutVisits } from './changes.ts';
import { isPlace, picked } from './choose.ts';
import { nameBesideDate } from './claim-again.ts';
import { askCode } from './code.ts';
import { fill } from './fill.ts';
import { type Heard, hear } from './hear.ts';
import { optionsOf, phoneFor } from './lists.ts';
import { type Draft, type Memory, withoutClaim } from './memory.ts';
import { missed } from './miss.ts';
import { ordinary } from './ordinary-words.ts';
import { permissionText } from './outcomes.ts';
import { readBirthDate, readName, withoutBirthDate } from './read-person.ts';
import { askWaysOn } from './register.ts';
import { asksTheDesk, readSmallTalk } from './small-talk.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import type { Understood } from './understood.ts';
import { ended } from './visits.ts';
import { fold } from './words.ts';

/** Asks for the part of the claim that is missing. */
export function askWho(memory: Memory): Step {
  const words = wordsFor(memory);
  return waitFor(
    memory,
    'who',
    memory.draft?.firstName !== undefined
      ? words.askBirthDate()
      : memory.task === undefined
        ? `${memory.looking === true ? `${words.whoToBook()} ` : ''}${words.askName()}`
        : memory.task.kind === 'show-data' || memory.task.kind === 'delete-data'
          ? words.askNameForData()
          : words.askNameForVisits(),
  );
}

/** Takes a name, a date of birth, or both. A name alone must have two words; a date that could be two is asked about. */
export async function recordWho(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const draft: Draft = memory.draft ?? {};
  const needsName = draft.firstName === undefined;
  const written =
    (needsName && !asksTheDesk(turn.text) && !isPlace(turn.text)) || isCorrection.test(turn.text)
      ? readName(turn.text.replace(isCorrection, ''))
      : nameBesideDate(turn.text);
  // "Maria", and then "Lopez": one name in two messages.
  const isRest =
    written?.lastName === '' && memory.misses === 1 && draft.lastName !== undefined && !isTalk(turn.text);
  const name =
    isRest && draft.lastName !== undefined
      ? { firstName: draft.lastName, lastName: written.firstName }
      : written;
  const chosen = picked(turn, fullDates(memory));
  // A day of grace: the patient's calendar may be ahead of UTC's.
  const tomorrow = addDays(todayIn('UTC', turn.desk.clock.now()), 1);
  const birth =
    chosen === undefined
      ? readBirthDate(fold(turn.text), tomorrow, memory.language)
      : { kind: 'date' as const, date: chosen };
  const isFullName = name !== undefined && name.lastName !== '';
  const heard =
    chosen === undefined ? await hear({ ...turn, text: withoutBirthDate(turn.text) }, memory) : {};
  const visits = isFullName || birth !== undefined ? undefined : await aboutVisits(turn, memory, heard);
  if (visits !== undefined) return visits;
  // Where a birth date is asked for, no date is a day of the visit.
  const said = needsName ? heard : withoutDay(heard);
  if (needsName && memory.task === undefined && wantsToLook(turn.text)) {
    const open: Memory = { ...memory, looking: true, misses: undefined };
    return (await fill(turn, open, said)) ?? goOn(open);
  }
  const beside = isFullName || birth !== undefined ? undefined : await askedBeside(turn, memory, said);
  if (beside !== undefined) return beside;
  // "Sick visit", "Main Street": what the practice has is nobody's name.
  const isThing = birth === undefined && (said.visitType?.kind === 'one' || said.office?.kind === 'one');
  if ((!isFullName || isThing) && birth === undefined) {
    // "With Dr. Doe on Tuesday": kept for later; who it is for is still the question.
    const filled = name === undefined || isThing ? await fill(turn, memory, said) : undefined;
    if (filled !== undefined) return filled;
    // One word is a start; a second time it is no better than none.
    return name !== undefined && memory.misses === undefined
      ? waitFor(
          isTalk(turn.text)
            ? { ...memory, misses: 1 }
            : { ...memory, misses: 1, draft: { ...draft, lastName: name.firstName } },
          'who',
          words.askLastName(),
        )
      : missed(turn, memory, needsName ? 'name' : 'birthDate');
  }
  const known: Memory = {
    ...memory,
    misses: undefined,
    draft: {
      ...draft,
      ...(isFullName ? name : {}),
      ...(birth?.kind === 'date' ? { birthDate: birth.date } : {}),
    },
  };
  if (birth?.kind === 'short-year') return goOn(known, words.shortYear());
  if (birth?.kind === 'impossible') return goOn(known, words.impossibleBirthDate());
  if (birth?.kind === 'either')
    return waitFor(
      known,
      'who',
      words.askBirthDateWhich(),
      birth.dates.map((key) => ({ key, label: words.fullDate(key) })),
    );
  return (await fill(turn, known, besidesPerson(said))) ?? goOn(known);
}

/** "Sorry, Anne Bishop": the name again, when the birth date is asked for. */
const isCorrection =
  /^\s*(?:sorry|no|oops|actually|i mean|i meant|perd[oó]n|disculpe|quise decir)\b[\s,.:;-]*/i;

/** One word that looks like a name and is none. */
const isTalk = (text: string): boolean =>
  isHalfYes(text) || ordinary.has(plain(text)) || plain(text) === 'idk' || readSmallTalk(text) !== undefined;

const withoutDay = ({ day: _, ...others }: Heard): Heard => others;

/** What a sentence with a name in it says of the visit. Doctors and offices are left out: a patient may be called like one. */
const besidesPerson = ({ visitType, day, time, soonest }: Understood): Understood => ({
  ...(visitType === undefined ? {} : { visitType }),
  ...(day === undefined ? {} : { day }),
  ...(time === undefined ? {} : { time }),
  ...(soonest === undefined ? {} : { soonest }),
});

const fullDates = (memory: Memory) =>
  (memory.shown ?? []).map((key) => ({ key, label: wordsFor(memory).fullDate(key) }));

/** Claims to be somebody; called only with a complete claim. Unless the account is known, every claim leads to the same question. */
export async function identify(turn: Turn, memory: Memory): Promise<Step> {
  const { firstName = '', lastName = '', birthDate = '', ...choices } = memory.draft ?? {};
  const claimed = await turn.desk.useCases.claim({ firstName, lastName, birthDate }, turn);
  if (claimed.ok)
    return claimed.value.kind === 'identified'
      ? identified(memory, claimed.value.patient)
      : askCode({ ...memory, challenge: claimed.value.challenge, misses: undefined });
  const { error } = claimed;
  const words = wordsFor(memory);
  const phone = await phoneFor(turn.desk, memory, choices);
  switch (error.kind) {
    case 'wait':
      // The claim is kept: whoever has waited need not write it again.
      return waitFor(
        memory,
        'retry',
        words.claimAgainLater(error.waitMinutes, phone),
        optionsOf(memory, ['retry', 'claim-again']),
      );
    case 'front-desk':
      return noWayToProve(turn, memory);
    default:
      return notIdentified(turn, memory, error, phone);
  }
}

/** The front desk books it with them: what was chosen so far is of no use here. */
export async function noWayToProve(turn: Turn, memory: Memory): Promise<Step> {
  const phone = await phoneFor(turn.desk, memory);
  return ended({ ...memory, draft: undefined, aside: undefined }, wordsFor(memory).noWayToProve(phone));
}

/** Known from here on: the claim is dropped, and the language is the chart's unless one was chosen. */
export function identified(memory: Memory, patient: IdentifiedPatient): Step {
  const { id, name, firstName, preferredLanguage } = patient;
  const { firstName: _f, lastName: _l, birthDate: _b, ...choices } = memory.draft ?? {};
  const { challenge: _c, claimOver: _o, register: _r, byName: _n, ...rest } = memory;
  const isSpanish = memory.languageChosen !== true && preferredLanguage === 'spa';
  const known: Memory = {
    ...rest,
    language: isSpanish ? 'es' : memory.language,
    who: { id, name, firstName },
    draft: choices,
    answered: ['who', ...(memory.answered ?? []).filter((slot) => slot !== 'who')],
    misses: undefined,
  };
  return goOn(known, wordsFor(known).thanks(firstName));
}

/** No search, or one that found nobody: the sentence, and the way on. */
export async function notIdentified(
  turn: Turn,
  memory: Memory,
  error: IdentifyError,
  phone: string,
): Promise<Step> {
  const words = wordsFor(memory);
  const sentence = permissionText(memory, error, phone) ?? words.identifyErrors[error.kind](phone);
  switch (error.kind) {
    case 'no-match': {
      if (turn.desk.useCases.canRegister()) return askWaysOn(turn, memory, sentence);
      const asked = askWho(withoutClaim(memory));
      return { ...asked, replies: [say(memory, sentence), ...asked.replies] };
    }
    case 'too-many-tries':
      return waitFor(withoutClaim(memory), 'retry', sentence);
    case 'ehr-refused':
    case 'ehr-unavailable':
      return waitFor(memory, 'retry', sentence, optionsOf(memory, ['retry']));
  }
}
