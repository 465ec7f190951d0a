// Patients who err, wander, change their minds and send twice: nearly all of them must get their visit.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { answerConfirm, plainAnswer, wrongIn } from './answering.ts';
import type { Goal } from './goal.ts';
import { type Look, type Move, say, tap } from './moves.ts';
import { titled, weekday } from './saying.ts';
import { legible } from './screen.ts';

/** How often a person has already done what only they do: nobody goes on for ever. */
const done = (past: readonly string[], doings: readonly string[]): number =>
  past.filter((text) => doings.some((doing) => text.toLowerCase().startsWith(doing.toLowerCase()))).length;

// Corrections: says something wrong first, and puts it right, at once or when it is read back.
export function corrections(look: Look): Move {
  const { dice, goal, screen, past } = look;
  const { places, providers } = goal.practice;
  const last = past.at(-1) ?? '';
  const wrongPlace = places.find(({ name }) => name === last && name !== goal.place.name);
  const wrongDoctor = providers.find(({ name }) => name === last && name !== goal.provider.name);
  if (wrongPlace !== undefined && screen.question !== 'office')
    return say(
      dice.pick([
        `no, ${goal.place.name}`,
        `not ${wrongPlace.name}`,
        'change the office',
        `sorry, I meant ${goal.place.name}`,
      ]),
    );
  if (wrongDoctor !== undefined && screen.question !== 'doctor')
    return say(
      dice.pick([
        `no, ${titled(goal)}`,
        'change the doctor',
        `not ${wrongDoctor.name}`,
        `I meant ${titled(goal)}`,
      ]),
    );
  switch (screen.question) {
    case 'office': {
      const others = places.filter(({ id }) => id !== goal.place.id && !past.includes(nameOf(id, places)));
      const other = dice.any(others);
      return other !== undefined && dice.chance(50) && !screen.isMiss ? say(other.name) : plainAnswer(look);
    }
    case 'doctor': {
      const shown = providers.filter(
        ({ name }) =>
          name !== goal.provider.name &&
          !past.includes(name) &&
          screen.choices.some(({ label }) => legible(label).startsWith(legible(name))),
      );
      const other = dice.any(shown);
      return other !== undefined && dice.chance(50) && !screen.isMiss ? say(other.name) : plainAnswer(look);
    }
    case 'confirm': {
      const [wrong] = wrongIn(look);
      if (wrong === 'doctor') return say(dice.pick(['change the doctor', `no, with ${titled(goal)}`]));
      if (wrong === 'office') return say(dice.pick(['change the office', `no, at ${goal.place.name}`]));
      if (wrong === 'visitType')
        return say(dice.pick(['change the visit type', `no, a ${goal.visit.toLowerCase()}`]));
      const moves = [`no, ${weekday(goal.otherDate)}`, 'another day', 'another time', 'not that day'];
      return dice.chance(60) && done(past, moves) < 2 ? say(dice.any(moves) ?? '') : answerConfirm(look);
    }
    default:
      return plainAnswer(look);
  }
}

const nameOf = (id: number, places: Goal['practice']['places']): string =>
  places.find((place) => place.id === id)?.name ?? '';

// Interruptions: asks for help, a person, another language, or about the weather, and answers in the end.
const talk = [
  'what can you do',
  'can I talk to a person?',
  'person',
  'how are you?',
  'are you a robot?',
  'what is the weather like',
  'do you take my insurance?',
  'español',
  'English',
  'thanks',
  'repeat',
  'wait',
] as const;

export function interruptions(look: Look): Move {
  const { dice, screen, past } = look;
  const asked = done(past, talk);
  // Whoever fell into the other language comes back, sooner or later.
  if (screen.language === 'es' && dice.chance(60)) return say('English');
  return asked < 6 && past.at(-1) !== undefined && dice.chance(45) ? say(dice.pick(talk)) : plainAnswer(look);
}

// Double sends: impatient thumbs and a network that delivers twice; now and then a tap on an old button.
export function doubleSends(look: Look): Move {
  const { dice, older } = look;
  const old = dice.any(older.filter(({ mark }) => mark !== undefined));
  if (old !== undefined && dice.chance(15)) return tap(old);
  const move = plainAnswer(look);
  const delivery = dice.pick(['typed twice', 'sent twice', 'sent at once'] as const);
  if (!dice.chance(50)) return move;
  return { ...move, delivery };
}

// Changes of mind: back, from the start, another day, another time, given up and begun again.
const turns = [
  'back',
  'start over',
  'another day',
  'another time',
  'change the doctor',
  'never mind',
  'Start over',
] as const;

export function changesOfMind(look: Look): Move {
  const { dice, screen, past, channelId } = look;
  // From the very beginning once; whoever asks for it again thinks better of it.
  if (screen.question === 'startOver')
    return say(past.includes('Start over') ? 'Keep going' : dice.pick(['Start over', 'Keep going']));
  const changed = done(past, turns);
  if (past.length === 0 || changed >= 3 || !dice.chance(35)) return plainAnswer(look);
  const always = ['back', 'start over'] as const;
  const early = channelId === 'sms' ? always : ([...always, 'never mind'] as const);
  const isLate = screen.question === 'time' || screen.question === 'confirm';
  return say(
    isLate ? dice.pick(['back', 'another day', 'another time', 'change the doctor']) : dice.pick(early),
  );
}

// Family: writes for somebody else, begins with the wrong name, and says so at some point, at the latest when it is read back.
export function family(look: Look): Move {
  const { dice, goal, screen, past } = look;
  const [mine, theirs] = [goal.relative, goal.patient];
  const full = `${theirs.name}, born ${phrasesOf('en').fullDate(theirs.birthDate)}`;
  const isMine =
    past.some((text) => text.includes(mine.name)) && !past.some((text) => text.includes(theirs.name));
  const isTold = past.some((text) => /^(?:it|no, it|actually|what about)\b/.test(text));
  if (past.length === 0) return say(dice.pick(['book', 'I need an appointment', 'hello']));
  if (screen.question === 'name' && !isTold && !isMine)
    return say(`${mine.name}, ${phrasesOf('en').fullDate(mine.birthDate)}`);
  if (screen.question === 'name') return say(full);
  const isLate = screen.question === 'confirm' && wrongIn(look).includes('who');
  if (isMine && (isLate || dice.chance(30)) && !isTold)
    return say(
      dice.pick([
        `it is for ${full}`,
        'it is for my mother',
        'what about my husband?',
        `actually this is for ${full}`,
        'no, it is for my son',
      ]),
    );
  return plainAnswer(look);
}
