// Who the appointment is for: reads name and date of birth, and asks the practice once both are complete.
import { addDays, todayIn } from './calendar.ts';
import { picked } from './choose.ts';
import { fill } from './fill.ts';
import { type Heard, hear } from './hear.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Draft, Memory } from './memory.ts';
import { missed } from './miss.ts';
import { permissionText } from './outcomes.ts';
import { readBirthDate, readName, withoutBirthDate } from './read-person.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import type { Understood } from './understood.ts';
import { fold } from './words.ts';

/** Asks for the part of the claim that is missing. */
export function askWho(memory: Memory): Step {
  const words = wordsFor(memory);
  return waitFor(
    memory,
    'who',
    memory.draft?.firstName === undefined ? words.askName() : words.askBirthDate(),
  );
}

/** Takes a name, a date of birth, or both. A name alone must have two words; a date that could be two is asked about. */
export async function recordWho(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const draft: Draft = memory.draft ?? {};
  const needsName = draft.firstName === undefined;
  const name =
    needsName || isCorrection.test(turn.text) ? readName(turn.text.replace(isCorrection, '')) : undefined;
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
  // Where a birth date is asked for, no date is a day of the visit.
  const said = needsName ? heard : withoutDay(heard);
  // "Sick visit", "Main Street": what the practice has is nobody's name.
  const isThing = birth === undefined && (said.visitType?.kind === 'one' || said.office?.kind === 'one');
  if ((!isFullName || isThing) && birth === undefined) {
    // "With Dr. Doe on Tuesday": kept for later; who it is for is still the question.
    const filled = name === undefined || isThing ? await fill(turn, memory, said) : undefined;
    if (filled !== undefined) return filled;
    // One word is a start; a second time it is no better than none.
    return name !== undefined && memory.misses === undefined
      ? waitFor({ ...memory, misses: 1 }, 'who', words.askLastName())
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

/** Asks the practice who this is; called only with a complete claim. No match of any kind asks for both parts again. */
export async function identify(turn: Turn, memory: Memory): Promise<Step> {
  const { firstName = '', lastName = '', birthDate = '', ...choices } = memory.draft ?? {};
  const found = await turn.desk.useCases.identify({ firstName, lastName, birthDate }, turn.conversationId);
  if (found.ok) {
    const { id, name, firstName: calledName, preferredLanguage } = found.value;
    const isSpanish = memory.languageChosen !== true && preferredLanguage === 'spa';
    const known: Memory = {
      ...memory,
      language: isSpanish ? 'es' : memory.language,
      who: { id, name, firstName: calledName },
      draft: choices,
      answered: ['who', ...(memory.answered ?? [])],
      misses: undefined,
    };
    return goOn(known, wordsFor(known).thanks(calledName));
  }
  const words = wordsFor(memory);
  const phone = await phoneFor(turn.desk, memory, choices);
  const sentence =
    permissionText(memory, found.error, phone) ?? words.identifyErrors[found.error.kind](phone);
  switch (found.error.kind) {
    case 'no-match': {
      const asked = askWho({ ...memory, draft: choices });
      return { ...asked, replies: [say(memory, sentence), ...asked.replies] };
    }
    case 'too-many-tries':
      return waitFor({ ...memory, draft: choices }, 'retry', sentence);
    case 'ehr-refused':
    case 'ehr-unavailable':
      return waitFor(memory, 'retry', sentence, optionsOf(memory, ['retry']));
  }
}
