// Slips of the finger in the few words that say what is wanted: "cancle", "apponitment", "cabmiar".
import { nearly } from './words.ts';

const wanted =
  'appointment appointments visits booking cancel reschedule change mistake changed cancelar cancele cancelela cancelarla cambiar cambie cambiarla cambiela reprogramar visitas anular necesito quiero quitar postpone posponer error equivoque deshacer deshagalo recuperar recuperarla queria another'.split(
    ' ',
  );
/** Words of their own that are one letter away from those. */
const others = new Set(
  'cancer cancers chance chances charge charged changes chanted cancels canceled cancelo cancela cambia cambio cambiare cambias cambien cancelen cancelado necesita quieres quieren quiera quieto quitas cancelada canceled mistakes mistaken visit visita visited visor booked looking cooking bookings errors terror mirror seria querida quera querias'.split(
    ' ',
  ),
);
const known = new Set(wanted);
/** As Spanish sounds to who seldom writes it. */
const bySound = new Map([
  ...['kiero', 'qiero', 'kero', 'quero'].map((word): [string, string] => [word, 'quiero']),
  ...['kisiera', 'quiciera', 'kiciera'].map((word): [string, string] => [word, 'quisiera']),
  ...['nesesito', 'nececito', 'nesecito'].map((word): [string, string] => [word, 'necesito']),
  ...['kanselar', 'canselar', 'cancelr'].map((word): [string, string] => [word, 'cancelar']),
  ...['resebar', 'reserbar', 'rreservar'].map((word): [string, string] => [word, 'reservar']),
  ['cambear', 'cambiar'],
]);
/** "Sita" alone could be somebody's name. */
const visit = /\b(una|otra|mi|la|esa|1) (?:sita|zita)\b/g;

/** One slip changes a word's length by one at most. */
const byLength = new Map<number, readonly string[]>();
for (let length = 5; length <= 14; length += 1)
  byLength.set(
    length,
    wanted.filter((each) => Math.abs(each.length - length) <= 1),
  );

/** The word that was meant; the word itself where it is one, or could be. */
function respelled(word: string): string {
  const sounded = bySound.get(word);
  if (sounded !== undefined) return sounded;
  const near = byLength.get(word.length);
  if (near === undefined || known.has(word) || others.has(word)) return word;
  return near.find((each) => nearly(each, word)) ?? word;
}

/** The same for folded text. */
export const respelledText = (folded: string): string =>
  folded.replace(/[a-z]{4,}/g, respelled).replace(visit, '$1 cita');
