// The simulated patients: each decides from its dice, its goal and the bot's last messages what it writes next.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import {
  answerConfirm,
  isIn,
  isOn,
  type Look,
  type Move,
  minuteOn,
  pickChoice,
  plainAnswer,
  say,
  spokenDate,
  spokenPart,
  tap,
  wrongIn,
  yes,
} from './answering.ts';
import type { Goal } from './goal.ts';
import { hostileMove } from './hostile.ts';
import { legible } from './screen.ts';

export interface Persona {
  readonly name: string;
  /** Answers what is asked, all of whom must book; changes and disturbs; or is up to no good and must not book. */
  readonly kind: 'cooperative' | 'wavering' | 'hostile';
  readonly locale: 'en-US' | 'es-US';
  /** Whoever takes any doctor has not failed with another than the goal's. */
  readonly isAnyDoctor?: boolean;
  readonly next: (look: Look) => Move;
}

const person = (
  name: string,
  kind: Persona['kind'],
  next: Persona['next'],
  more: Partial<Persona> = {},
): Persona => ({ name, kind, next, locale: 'en-US', ...more });

const weekdayNames = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  es: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
} as const;
const weekday = (date: string, language: 'en' | 'es' = 'en'): string =>
  weekdayNames[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** A last name that two doctors share is no name to a person who knows both. */
const shortDoctor = ({ provider, practice }: Goal): string =>
  practice.providers.filter(({ lastName }) => lastName === provider.lastName).length > 1
    ? provider.name
    : provider.lastName;
const titled = (goal: Goal): string => {
  const short = shortDoctor(goal);
  return short.startsWith('Dr') ? short : `Dr. ${short}`;
};

const numericBirth = ({ patient: { birthDate } }: Goal): string =>
  `${birthDate.slice(5, 7)}/${birthDate.slice(8)}/${birthDate.slice(0, 4)}`;

// Terse: numbers where there are any, else single words.
function terse(look: Look): Move {
  const { dice, goal, screen, channelId, past } = look;
  if (past.length === 0) return say('appointment');
  if (screen.isMiss) return plainAnswer(look);
  const numbered = (choice: (typeof screen.choices)[number] | undefined): Move | undefined =>
    choice?.number === undefined || channelId === 'webchat' ? undefined : say(choice.number);
  const listed = (name: string) =>
    screen.choices.find(({ label }) => legible(label).startsWith(legible(name)));
  switch (screen.question) {
    case 'birthDate':
      return say(numericBirth(goal));
    case 'office':
      return numbered(listed(goal.place.name)) ?? say(goal.place.name.toLowerCase());
    case 'doctor':
      return numbered(listed(goal.provider.name)) ?? say(shortDoctor(goal).toLowerCase());
    case 'visit':
      return numbered(listed(goal.visit)) ?? say(goal.visit.replace(/ visit$/, '').toLowerCase());
    case 'day': {
      const shown = screen.choices.find((choice) => isOn(choice, goal.date));
      const [month, day] = [Number(goal.date.slice(5, 7)), Number(goal.date.slice(8))];
      const words = [weekday(goal.date).slice(0, 3).toLowerCase(), `${month}/${day}`, `${day}th`] as const;
      const isSaid = words.some((word) => past.includes(word));
      return numbered(shown) ?? (shown === undefined || isSaid ? plainAnswer(look) : say(dice.pick(words)));
    }
    case 'time': {
      const fitting = screen.choices.find((choice) => isIn(choice, goal.part));
      const minute = fitting === undefined ? undefined : minuteOn(fitting);
      if (minute === undefined) return plainAnswer(look);
      const [hour, rest] = [Math.floor(minute / 60) % 12 || 12, minute % 60];
      const half = minute < 720 ? 'am' : 'pm';
      const digits = rest === 0 ? `${hour}${half}` : `${hour}:${String(rest).padStart(2, '0')}`;
      return (
        numbered(fitting) ?? say(dice.pick([digits, `${hour}:${String(rest).padStart(2, '0')} ${half}`]))
      );
    }
    case 'confirm':
      return wrongIn(look).length === 0 && channelId !== 'sms' ? say('yes') : plainAnswer(look);
    default:
      return plainAnswer(look);
  }
}

// Chatty: a whole sentence at a time, with as much in it as comes to mind.
const openings = ['Hi there! ', 'Good morning, ', 'Hello, hope you are well. ', 'Hey, ', ''] as const;
const closings = [', thank you so much!', ' please', ', thanks a lot', ' if that is possible', ''] as const;

function chatty(look: Look): Move {
  const { dice, goal, screen, past, channelId } = look;
  const [hello, bye] = [dice.pick(openings), dice.pick(closings)];
  const visit = goal.visit.toLowerCase();
  const when = `on ${spokenDate(goal.date, 'en')} ${spokenPart(goal.part, 'en')}`;
  if (past.length === 0)
    return say(
      dice.pick([
        `${hello}I would like to book a ${visit} with ${titled(goal)} at ${goal.place.name} ${when}${bye}`,
        `${hello}I need to see ${titled(goal)} at the ${goal.place.name} office ${when}, it is for a ${visit}${bye}`,
        `${hello}can I get an appointment with ${titled(goal)} ${when}${bye}`,
        `${hello}I need an appointment at ${goal.place.name}, a ${visit}${bye}`,
        `${hello}do you have anything ${spokenPart(goal.part, 'en')} this ${weekday(goal.date)} or so with ${titled(goal)}?`,
        `hi i need to come in for a ${visit} and i would love to see ${titled(goal)} again like last time at ${goal.place.name} and mornings are hard for me`,
        `${hello}this is ${goal.patient.name}, born ${numericBirth(goal)}, and I need a ${visit} with ${titled(goal)}${bye}`,
        `${hello}I am not feeling well at all, my throat hurts, can somebody at ${goal.place.name} see me${bye}`,
      ]),
    );
  if (screen.isMiss) return plainAnswer(look);
  switch (screen.question) {
    case 'name':
      return say(
        dice.pick([
          `My name is ${goal.patient.name}, born ${phrasesOf('en').fullDate(goal.patient.birthDate)}, thank you`,
          `It's ${goal.patient.name} and my date of birth is ${numericBirth(goal)}`,
          `This is ${goal.patient.name}, thanks`,
        ]),
      );
    case 'birthDate':
      return say(`I was born on ${phrasesOf('en').fullDate(goal.patient.birthDate)}${bye}`);
    case 'office':
      return say(`I'd like to come to ${goal.place.name}${bye}`);
    case 'doctor':
      return say(
        dice.pick([`I'd like to see ${titled(goal)}${bye}`, `${titled(goal)} would be great${bye}`]),
      );
    case 'visit':
      return say(
        dice.pick([`It is for a ${visit}${bye}`, `I think it is a ${visit}, ${titled(goal)} knows me`]),
      );
    case 'day':
      return past.some((text) => text.includes(spokenDate(goal.date, 'en')))
        ? plainAnswer(look)
        : say(`Could we do ${spokenDate(goal.date, 'en')} ${spokenPart(goal.part, 'en')}${bye}`);
    case 'time': {
      const choice = screen.choices.find((one) => isIn(one, goal.part));
      const minute = choice === undefined ? undefined : minuteOn(choice);
      return minute === undefined
        ? plainAnswer(look)
        : say(`${phrasesOf('en').time(minute)} works well for me${bye}`);
    }
    case 'confirm':
      return wrongIn(look).length === 0 && channelId !== 'sms'
        ? say(dice.pick(['Yes please, thank you', 'Yes, book it please', 'yes please']))
        : plainAnswer(look);
    default:
      return plainAnswer(look);
  }
}

// Typos: what a careful person writes, with a slip of the finger in one long word; after a miss, with care.
function typos(look: Look): Move {
  const { dice, screen, goal } = look;
  if (screen.isMiss) return plainAnswer(look);
  switch (screen.question) {
    case 'office':
      return say(slipped(look, goal.place.name));
    case 'doctor':
      return say(slipped(look, dice.pick([titled(goal), goal.provider.name])));
    case 'visit':
      return say(slipped(look, goal.visit));
    case 'day': {
      const shown = screen.choices.find((choice) => isOn(choice, goal.date));
      return shown === undefined ? plainAnswer(look) : say(slipped(look, weekday(goal.date)));
    }
    default:
      return plainAnswer(look);
  }
}

function slipped({ dice }: Look, text: string): string {
  const words = text.split(' ');
  const long = dice.any(words.filter((word) => /^\p{L}{5,}$/u.test(word)));
  if (long === undefined) return text.toLowerCase();
  const at = 1 + dice.roll(long.length - 2);
  const slip = dice.pick([
    long.slice(0, at) + long.slice(at + 1),
    long.slice(0, at) + long.charAt(at) + long.slice(at),
    long.slice(0, at) + long.charAt(at + 1) + long.charAt(at) + long.slice(at + 2),
  ]);
  return words.map((word) => (word === long ? slip : word)).join(' ');
}

// Spanish: from the first word to the last.
function spanish(look: Look): Move {
  const { dice, goal, screen, past } = look;
  if (past.length === 0)
    return say(
      dice.pick([
        'Hola, quiero una cita',
        'Buenos días, necesito una cita por favor',
        `Quisiera una cita con ${titled(goal)} ${spokenPart(goal.part, 'es')}`,
        `Hola, necesito una cita en ${goal.place.name} el ${weekday(goal.date, 'es')}`,
        `buenas tardes quisiera ver al doctor ${shortDoctor(goal).replace(/^Dr\. /, '')} el ${spokenDate(goal.date, 'es')} ${spokenPart(goal.part, 'es')} si se puede`,
        'me duele la garganta y quiero ver a un médico',
        'hablo español, necesito cita',
      ]),
    );
  if (screen.isMiss) return plainAnswer(look);
  switch (screen.question) {
    case 'name':
      return say(dice.pick([goal.patient.name, `Me llamo ${goal.patient.name}`, `Soy ${goal.patient.name}`]));
    case 'birthDate':
      return say(
        dice.pick([
          phrasesOf('es').fullDate(goal.patient.birthDate),
          `Nací el ${phrasesOf('es').fullDate(goal.patient.birthDate)}`,
        ]),
      );
    case 'office':
      return say(dice.pick([goal.place.name, `En ${goal.place.name}, por favor`]));
    case 'day':
      return screen.choices.some((choice) => isOn(choice, goal.date)) && dice.chance(50)
        ? say(`el ${weekday(goal.date, 'es')} ${spokenDate(goal.date, 'es')} ${spokenPart(goal.part, 'es')}`)
        : plainAnswer(look);
    case 'doctor':
      return say(dice.pick([goal.provider.name, `Con el doctor ${shortDoctor(goal).replace(/^Dr\. /, '')}`]));
    case 'time': {
      const choice = screen.choices.find((one) => isIn(one, goal.part));
      return choice === undefined ? plainAnswer(look) : pickChoice(look, choice);
    }
    default:
      return plainAnswer(look);
  }
}

// Any doctor, as soon as possible.
function anyDoctor(look: Look): Move {
  const { dice, screen, past } = look;
  if (past.length === 0)
    return say(dice.pick(['I need to see a doctor', 'book', 'I want the first available appointment']));
  const isFirstTry = !screen.isMiss;
  const [first] = screen.choices;
  switch (screen.question) {
    case 'doctor':
      return say(
        isFirstTry
          ? dice.pick([
              'any doctor',
              "it doesn't matter",
              'anyone',
              'no preference',
              'whoever is free',
              "I don't care who",
            ])
          : 'any doctor',
      );
    case 'visit':
      return first === undefined ? plainAnswer(look) : pickChoice(look, first);
    case 'day':
      return isFirstTry
        ? say(dice.pick(['as soon as possible', 'the soonest', 'first available', 'whatever is soonest']))
        : first === undefined
          ? plainAnswer(look)
          : pickChoice(look, first);
    case 'time':
      return first === undefined ? plainAnswer(look) : pickChoice(look, first);
    case 'confirm':
      return wrongIn(look, true).length === 0 ? yes(look) : answerConfirm(look);
    default:
      return plainAnswer(look);
  }
}

/** How often a person has already done what only they do: nobody goes on for ever. */
const done = (past: readonly string[], doings: readonly string[]): number =>
  past.filter((text) => doings.some((doing) => text.toLowerCase().startsWith(doing.toLowerCase()))).length;

// Corrections: says something wrong first, and puts it right, at once or when it is read back.
function corrections(look: Look): Move {
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

function interruptions(look: Look): Move {
  const { dice, screen, past } = look;
  const asked = done(past, talk);
  // Whoever fell into the other language comes back, sooner or later.
  if (screen.language === 'es' && dice.chance(60)) return say('English');
  return asked < 6 && past.at(-1) !== undefined && dice.chance(45) ? say(dice.pick(talk)) : plainAnswer(look);
}

// Double sends: impatient thumbs and a network that delivers twice; now and then a tap on an old button.
function doubleSends(look: Look): Move {
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

function changesOfMind(look: Look): Move {
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
function family(look: Look): Move {
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

export const personas: readonly Persona[] = [
  person('terse', 'cooperative', terse),
  person('chatty', 'cooperative', chatty),
  person('typos', 'cooperative', typos),
  person('spanish', 'cooperative', spanish, { locale: 'es-US' }),
  person('any-doctor', 'cooperative', anyDoctor, { isAnyDoctor: true }),
  person('corrections', 'wavering', corrections),
  person('interruptions', 'wavering', interruptions),
  person('double-sends', 'wavering', doubleSends),
  person('changes-of-mind', 'wavering', changesOfMind),
  person('family', 'wavering', family),
  person('hostile', 'hostile', hostileMove),
];
