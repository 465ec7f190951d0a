// How people answer the questions that prove who they are: the code on their phone, typed wrong once or not there at first.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { type Look, type Move, pickChoice, say } from './moves.ts';

const noCode = {
  en: ["I didn't get a code", 'no code', 'nothing came', "it hasn't arrived", 'I have no code'],
  es: ['no me llegó', 'no tengo código', 'no ha llegado nada', 'no recibí el código'],
} as const;

/** As the phone shows it, or in a sentence. */
export function answerCode(look: Look): Move {
  const { dice, screen, codes, past } = look;
  const none = noCode[screen.language];
  const saidNone = past.some((text) => none.some((each) => each === text));
  if (codes.latest === undefined || (codes.habit === 'none once' && !saidNone)) return say(dice.pick(none));
  const [right, halves] = [codes.latest, `${codes.latest.slice(0, 3)} ${codes.latest.slice(3)}`];
  const wrong = `${right.slice(0, 5)}${(Number(right.slice(5)) + 1) % 10}`;
  const saidWrong = past.some((text) => /^\d{6}$/.test(text));
  if (codes.habit === 'wrong once' && !saidWrong) return say(wrong);
  return say(
    dice.pick(
      screen.language === 'es'
        ? [right, halves, `el código es ${right}`, `es ${right}, gracias`]
        : [right, halves, `my code is ${right}`, `it says ${halves}`, `${right} thanks`],
    ),
  );
}

/** Whoever is on file tries again; whoever is new says so. */
export function answerWaysOn({ codes, screen, dice }: Look): Move {
  const words = phrasesOf(screen.language);
  if (!codes.isNew) return say(words.claimAgainLabel());
  return say(
    screen.language === 'es'
      ? dice.pick([words.registerLabel(), 'soy paciente nueva', 'quiero registrarme'])
      : dice.pick([words.registerLabel(), "I'm a new patient", 'register me please', 'I am new here']),
  );
}

export const answerContact = ({ dice, goal: { patient }, screen }: Look): Move =>
  say(
    dice.pick([
      patient.phone,
      patient.phone.replace(/\D/g, ''),
      screen.language === 'es' ? `mi celular es ${patient.phone}` : `my cell is ${patient.phone}`,
    ]),
  );

/** A shown choice, or what stands on it. */
export const firstChoice = (look: Look): Move | undefined => {
  const [first] = look.screen.choices;
  return first === undefined ? undefined : pickChoice(look, first);
};
