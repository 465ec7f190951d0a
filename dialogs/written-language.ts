// The language that somebody writes in, where a message leaves no doubt. Pure.
import type { Memory } from './memory.ts';
import type { Language } from './reply.ts';
import { fold } from './words.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** `sure`: enough by itself. None of them is a name, of a person, an office or a kind of visit. */
const marks: Readonly<
  Record<Language, { readonly sure: ReadonlySet<string>; readonly likely: ReadonlySet<string> }>
> = {
  es: {
    sure: setOf('hola quiero quisiera queria necesito gustaria cita citas buenos buenas podria ocupo'),
    likely: setOf(
      'mi mis para con cuando donde puedo puede pueden tengo tiene tienen gracias manana hoy estoy soy esta hay hacer ver cambiar cancelar mover reservar agendar lunes martes miercoles jueves viernes sabado que como una un del usted favor hijo hija entiendo ayuda tarde temprano otro otra hora dia semana proxima proximo',
    ),
  },
  en: {
    sure: setOf('appointment appointments appt hello'),
    likely: setOf(
      "i im i'm id i'd i'll need want like get the my for with when where is are could would please have has you your what it and thanks tomorrow today next week see book cancel change move reschedule",
    ),
  },
};

/** Undefined: either could be meant, as a name, a number or "ok" says nothing. */
export function writtenLanguage(text: string): Language | undefined {
  const words = new Set(fold(text).split(/[^a-z']+/));
  const [spanish, english] = [weight(words, marks.es), weight(words, marks.en)];
  if (spanish >= 2 && english === 0) return 'es';
  return english >= 2 && spanish === 0 ? 'en' : undefined;
}

function weight(words: ReadonlySet<string>, { sure, likely }: (typeof marks)[Language]): number {
  let found = 0;
  for (const word of words) found += sure.has(word) ? 2 : likely.has(word) ? 1 : 0;
  return found;
}

/** Who has not chosen a language is answered in the one they write: a phone has no locale, and a borrowed browser the wrong one. */
export function inWrittenLanguage(memory: Memory, text: string): Memory {
  if (memory.languageChosen === true) return memory;
  const language = writtenLanguage(text);
  return language === undefined || language === memory.language ? memory : { ...memory, language };
}
