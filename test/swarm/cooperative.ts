// Patients who answer what they are asked, each in their own way: all of them must get their visit, and soon.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { answerConfirm, plainAnswer, wrongIn } from './answering.ts';
import {
  isIn,
  isOn,
  type Look,
  type Move,
  minuteOn,
  pickChoice,
  say,
  spokenDate,
  spokenPart,
  yes,
} from './moves.ts';
import { numericBirth, shortDoctor, slipped, titled, weekday } from './saying.ts';
import { legible } from './screen.ts';

// Terse: numbers where there are any, else single words.
export function terse(look: Look): Move {
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

export function chatty(look: Look): Move {
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
export function typos(look: Look): Move {
  const { dice, screen, goal } = look;
  if (screen.isMiss) return plainAnswer(look);
  switch (screen.question) {
    case 'office':
      return say(slipped(look.dice, goal.place.name));
    case 'doctor':
      return say(slipped(look.dice, dice.pick([titled(goal), goal.provider.name])));
    case 'visit':
      return say(slipped(look.dice, goal.visit));
    case 'day': {
      const shown = screen.choices.find((choice) => isOn(choice, goal.date));
      return shown === undefined ? plainAnswer(look) : say(slipped(look.dice, weekday(goal.date)));
    }
    default:
      return plainAnswer(look);
  }
}

// Spanish: from the first word to the last.
export function spanish(look: Look): Move {
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
export function anyDoctor(look: Look): Move {
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
