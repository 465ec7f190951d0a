// "Can I switch from Dr. Doe to Dr. Lee?": no visit moves to another doctor, so it is a new booking, and then a cancellation.
import { hear } from './hear.ts';
import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';
import { fold } from './words.ts';

const doctor = '(?:dr|dra|doctor|doctora|doctors|provider|medico|medica)';
const fromTo =
  /\b(?:switch|change|move|transfer|cambiar(?:me)?|cambie|pasar(?:me)?)\b(?: \S+){0,4}? (?:from|de|del) (?<from>\S+(?: \S+){0,4}?) (?:to|a|al|con|por) (?<to>.+)$/;
// "My appointment with Dr. Doe" tells which one it is; "to Dr. Lee" and "cambiarme con la doctora Lee" tell where to.
const to =
  /\b(?:switch|change|transfer|move|cambiar(?:me)?|cambie|pasar(?:me)?)(?: (?:me|us|my|mi|la|it|over|doctors?|appointment|appt|visit|cita|de|medico)){0,3} (?:to|a|al) (?<to>.+)$|\bcambiarme (?:con|por) (?<target>.+)$/;
const justSwitch = new RegExp(
  `^(?:(?:hi|hello|hola|please|can|could|may|i|we|id|like|want|need|to|puedo|podria|quiero|quisiera|necesito|por favor) )*(?:switch|change|cambiar|cambiarme) (?:(?:my|the|de|mi) )?${doctor}(?: please| por favor)?$`,
);

/** What is to be done first and then, in words of the conversation's language; undefined where no other doctor is asked for. */
export async function doctorSwitch(
  turn: Turn,
  memory: Memory,
): Promise<{ readonly first: string; readonly second: string } | undefined> {
  if (memory.asked !== undefined || turn.picked !== undefined) return undefined;
  const said = fold(turn.text).replace(/'/g, '');
  const [book, cancel] =
    memory.language === 'es'
      ? ['una cita con', 'cancelar mi cita']
      : ['an appointment with', 'cancel my visit'];
  if (justSwitch.test(said)) return { first: book.replace(/ (?:con|with)$/, ''), second: cancel };
  const { from, to: named, target } = (fromTo.exec(said) ?? to.exec(said))?.groups ?? {};
  const other = named ?? target;
  if (other === undefined || !(await namesDoctor(turn, memory, other))) return undefined;
  const isFrom = from !== undefined && (await namesDoctor(turn, memory, from));
  if (from !== undefined && !isFrom) return undefined;
  const first = `${book} ${other}`;
  return {
    first,
    second: isFrom ? `${cancel} ${memory.language === 'es' ? 'con' : 'with'} ${from}` : cancel,
  };
}

async function namesDoctor(turn: Turn, memory: Memory, text: string): Promise<boolean> {
  const said = await hear({ ...turn, text }, memory);
  return said.doctor?.kind === 'one' || said.doctor?.kind === 'several';
}
