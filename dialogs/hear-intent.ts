// What somebody wants done: book, see, move or cancel a visit, talk to a person, get help; and for whom, how soon, what to ask anew.
import { readChange, readCommand } from './commands.ts';
import { relation } from './hear-noise.ts';
import type { Words } from './hear-words.ts';
import { respelledText } from './respell.ts';
import type { ForWhom, Intent, SlotMentioned } from './understood.ts';
import { anyOf, fold } from './words.ts';

const visit =
  '(?:appointments?|appts?|apt|appoinments?|apointments?|appointmet|visits?|bookings?|reservations?|citas?|turnos?|visitas?|consultas?|reservas?)';
// "Mine", "Thursday's", "my Thursday one": a visit, where it is called off or moved.
const named =
  "(?:mine|(?:my|the) (?:other|old|current)(?: one)?(?= |$)|la (?:mia|otra)|(?:(?:my|the|this|next) )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today)(?:(?:'s| ?s)(?: one)?(?= |$)| one\\b))";
const gap = '(?:(?!dont|not|no|to|and|or|y|o|for|a )\\S+ ){0,4}?';
const no =
  '(?<!\\b(?:(?:dont|not|never|didnt|no) (?:want to |wanna |need to |mean to |quiero |quise |queria |voy a )?|had to |tuve que ))';

const cancels = anyOf([
  new RegExp(
    `${no}\\b(?:cancel|canceling|cancelling|cancle|call off|calling off|delete|cancelar|cancele|cancela|cancelen|anular|anule|anula|eliminar) ${gap}${visit}\\b`,
  ),
  new RegExp(
    `${no}\\b(?:cancelar|cancelarla|cancele|cancelen|cancela|anular|anularla|anule) (?:la|mi|esa|esta) (?:del|de)\\b`,
  ),
  new RegExp(
    `\\b(?:cant|cannot|can not|wont be able to|wont|not able to|unable to|not going to) (?:be able to )?(?:make it to|make it for|make|come to|get to|attend|keep|go to) (?:my|the|our|this|that|his|her) (?:\\S+ ){0,3}?${visit}\\b`,
  ),
  new RegExp(
    `\\bno (?:puedo|podre|voy a poder|vamos a poder|podria) (?:ir|asistir|llegar|venir|acudir) (?:a )?(?:mi|la|nuestra|esa|su) (?:\\S+ ){0,3}?${visit}\\b`,
  ),
  new RegExp(
    `\\b(?:(?:dont|do not) need|no longer (?:need|want)) (?:my|the|that|this) ${gap}${visit}\\b(?! type)`,
  ),
  /\btake (?:me|us|it|that|him|her) off (?:the|your) (?:schedule|calendar|list|books)\b/,
  new RegExp(
    `\\bya no (?:necesito|quiero|voy a ir a|voy a asistir a|voy a) (?:la|mi|esa) (?:\\S+ ){0,2}?${visit}\\b|\\b(?:quitar|borrar|quite|borre) (?:la|mi|esa) (?:\\S+ ){0,2}?${visit}\\b`,
  ),
  /(?<!\b(?:dont|not) )\b(?:need|want|have|like|got) to cancel\b|(?<!\bno )\b(?:quiero|necesito|tengo que|quisiera|debo) (?:cancelar|anular)\b/,
]);
const ofNamed = {
  cancel: new RegExp(`${no}\\b(?:cancel|cancelar|cancele|anular|anule) ${named}`),
  move: new RegExp(
    `${no}\\b(?:move|change|switch|push|reschedule|cambiar|cambie|mover|mueva|pasar|reprogramar|reagendar) ${named}`,
  ),
};
const moves = anyOf([
  /\bcancel (?:it |this |that )?(?:and|to|then) (?:rebook|reschedule|re-book|book (?:it )?again)\b|\bcancelar(?:la)? y (?:volver a |re)?agendar(?:la)?\b/,
  new RegExp(
    `${no}\\b(?:reschedule|rescheduling|reshedule|reprogramar|reprogramo|reprograme|reagendar|reagende|postpone|posponer|aplazar)\\b`,
  ),
  new RegExp(
    `${no}\\b(?:move|change|switch|push|shift|bring forward|bring up|cambiar|cambie|cambiarme|cambieme|cambienme|muevame|mover|mueva|muevan|pasar|adelantar|atrasar|correr|modificar) (?:back |up |forward )?(?:my|an|the|our|this|that|his|her|mi|una|la|nuestra|esa|esta|su) (?:(?!to )\\S+ ){0,3}?${visit}\\b(?! type)`,
  ),
  /\b(?:cambiarla|moverla|reprogramarla|cambiarmela|adelantarla|posponerla)\b/,
  new RegExp(
    `\\b(?:earlier|sooner) than (?:my|our) (?:\\S+ )?${visit}|\\bmas temprano que mi (?:\\S+ )?${visit}`,
  ),
  /\b(?:move|push|switch) (?:it|me|this|that) (?:back |up |forward )?(?:to|from|for|until)\b/,
  new RegExp(
    `\\bmy (?:\\S+ ){0,3}?${visit} (?:be|to be) (?:on |made )?(?:later|earlier|sooner|moved|changed|rescheduled|another|a different)\\b|\\bmy (?:\\S+ ){0,3}?${visit} .{0,60}\\b(?:another|different|new|other) (?:day|time|date)\\b`,
  ),
  new RegExp(
    `\\b(?:otr[oa]|nuev[oa]) (?:dia|hora|fecha|horario) (?:para|de|en) mi (?:\\S+ )?${visit}\\b|\\bmi (?:\\S+ ){0,3}?${visit} (?:a|para) otr[oa] (?:dia|hora|fecha)\\b`,
  ),
  /\b(?:different|another|other|new) (?:day|time|date) for my (?:\S+ )?(?:appointment|appt|visit)\b/,
]);
const sees = anyOf([
  // Asked about, complained of, or to be kept: what stands is shown.
  new RegExp(
    `\\b(?:dont|do not|didnt|did not) (?:want to|wanna|mean to) cancel (?:my|our|the) (?:\\S+ )?${visit}|\\bno (?:quiero|quise|queria) cancelar (?:mi|la) (?:\\S+ )?${visit}`,
  ),
  new RegExp(
    `\\b(?:do|did) (?:i|we) (?:still )?have (?:the one|anything|something)\\b|\\b(?:todavia|aun|si) tengo (?:(?:la|mi|una|alguna) )?${visit}`,
  ),
  new RegExp(
    `\\byou (?:guys )?(?:cancel+ed|moved|changed) (?:my|our) (?:\\S+ )?${visit}|\\bme (?:cancelaron|cambiaron|movieron|quitaron) (?:la|mi) (?:\\S+ )?${visit}|\\bi (?:never|didnt|did not) (?:made|make|booked?|scheduled?|set up) (?:this|that|an?y?) (?:\\S+ )?${visit}`,
  ),
  new RegExp(
    `\\b(?:did|was|is|has|got) (?:my|our) (?:\\S+ ){0,2}?${visit} (?:get |got |been |be )?(?:cancel+ed|moved|changed|confirmed|booked|rescheduled|called off)\\b|\\bse (?:cancelo|cambio|movio|confirmo|reservo|agendo) mi ${visit}\\b`,
  ),
  new RegExp(
    `\\b(?:when|whens|what time|what day|where|wheres|what date) (?:is|are|was|s)? ?(?:my|our|his|her) (?:\\S+ ){0,3}?${visit}\\b`,
  ),
  /\b(?:when|what time) (?:do|did|am|is) (?:i|we|he|she) (?:have|see|seeing|coming|come|due|booked|scheduled|supposed)\b/,
  new RegExp(`\\b(?:do|did) (?:i|we) (?:still )?have (?:an?y?|my) (?:\\S+ ){0,2}?${visit}\\b`),
  new RegExp(
    `\\b(?:show|see|view|list|check|look up|find|tell me|confirm|remind me of|check on|ver|consultar|revisar|mostrar|muestrame|mostrarme|confirmar|dime|saber) (?:me |of |about )?(?:my|all my|our|mi|mis|todas mis|nuestras|cuando es mi) (?:\\S+ ){0,2}?${visit}\\b`,
  ),
  new RegExp(
    `\\b(?:cuando|a que hora|que dia|donde|que hora|que fecha) (?:es|son|tengo|era|esta|seria|me toca) (?:mi|mis|la|nuestra|una)? ?(?:\\S+ ){0,2}?${visit}\\b`,
  ),
  new RegExp(
    `\\bque ${visit} tengo\\b|\\btengo (?:alguna|una) ${visit} (?:programada|pendiente|agendada|reservada)\\b`,
  ),
  new RegExp(
    `^(?:, )*(?:see |view |show |ver )?(?:my|mis|mi) (?:upcoming |next |proximas? )?${visit}(?: please| por favor)?(?: ,)*$`,
  ),
  new RegExp(`\\bis (?:my|our) (?:\\S+ ){0,2}?${visit} (?:still|on|confirmed|booked)\\b`),
  new RegExp(
    `\\b(?:lost|forgot|forgotten|misplaced|remember|recuerdo|acuerdo|olvido|olvide|perdi) (?!to )(?:\\S+ ){0,5}?(?:my|mi|la|our) (?:\\S+ )?${visit}\\b`,
  ),
  /\bwhen (?:im|i am|we are|were) (?:supposed|due|scheduled|meant|booked)\b|\b(?:que dia|cuando|a que hora) me toca\b|\btengo alguna (?:cita|visita|consulta)\b/,
  /\b(?:what|which) (?:\S+ )?(?:appointments?|appts?|visits?|bookings?) (?:do|did|are|have) (?:i|we)\b|\b(?:did i book|have i booked)\b/,
  /\b(?:upcoming appointments|am i (?:booked|scheduled)|mi proxima cita|mis proximas citas)\b/,
]);
const persons =
  /\b(?:talk|speak|chat|connect|transfer|put)(?: me)? (?:to|with|through to|through) (?:a |an |some ?|the |your )?(?:real |live |actual |human )?(?:person|human|being|one|someone|somebody|anyone|agent|representative|rep|receptionist|front desk|operator|staff|nurse|office staff)\b|\b(?:real|live|actual) (?:person|human)\b|\b(?:call me back|call me please|have someone call|human please|is anyone there|customer service)\b|\bhablar con (?:una |un |la |el |algun |alguna )?(?:persona|alguien|humano|agente|recepcionista|recepcion|representante|operador|operadora|enfermera|secretaria)\b|\b(?:persona real|un humano|que me llamen|llamenme|atencion al cliente|pasame con alguien|comuniqueme con)\b/;
const helps =
  /^(?:(?:hi|hello|hola|please|i|need|some|can|you|me|puede|puedes|necesito|quiero|un|poco|de|do|this|here|,) )*(?:help|help me|ayuda|ayudar|ayudarme|ayudame)(?: (?:me|please|out|with this|por favor|,))*$|\bwhat can you do\b|\bhow (?:does|do) (?:this|it|you|i use this) work\b|\bhow do i use this\b|\bque puedes? hacer\b|\bcomo funciona\b|\bque sabe hacer\b|\bno entiendo\b/;
const books = anyOf([
  /^(?:, )*(?:(?:the|i want|i need|just|lo|quiero|necesito) )*(?:same|mismo) (?:thing |appointment |visit |one )?(?:(?:as |like |que |de )?(?:the )?(?:last (?:time|visit|appointment)|la (?:ultima|otra) (?:vez|cita)))/,
  new RegExp(
    `\\b(?:book|schedule|make|need|get|want|set up|setup|(?<=(?:can|could|may) (?:i|we) )have|like|reserve|request|looking for|arrange|do|find|ned|wanna|gimme|give|shedule|scedule|sign up for|reservar|reserve|agendar|agende|agendame|pedir|sacar|hacer|quiero|quisiera|necesito|programar|solicitar|deme|dame|haga|tomar|conseguir|obtener|gustaria|busco|ocupo|urge) (?:(?!my |mi )\\S+ ){0,5}?${visit}\\b`,
  ),
  /^(?:, )*(?:(?!(?:my|mi|mis|the|la|our|have|tengo|no|this|his|her|next) )\S+ ){0,2}?(?:appointments?|appt|appoinment|apointment|cita|turno)\b/,
  /\b(?:book|schedule|reservar|reserve|agendar|agendame|programar) (?:me|us|my|him|her|a|an|in|with|for|con|para|un|una|dr|dra|the|this|it|something|on|next|some|time|tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/,
  /\b(?:see|seen by|get in (?:with|to see)|come in|be seen|get me in|fit me in|squeeze me in|ver|verme|atienda|atiendan|consultar) (?:a |an |the |any |my |with |by |to |con |al |a la |a un |a una |un |una |el |la |and |on |for |this |next |tomorrow |today )*(?:dr|dra|doctor|doctora|doc|provider|medico|medica|pediatrician|dermatologist|specialist|someone|somebody|anyone|pediatra|ginecologo|ginecologa|dermatologo|dermatologa|especialista|,|$|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|_)/,
  /\b(?:cant?|could|would|will) \S+ (?:\S+ )?(?:see|squeeze in|fit in) (?:me|him|her|us|them|my)\b|\b(?:me|nos|lo|la|le) (?:atiendan?|vean?|pueden? (?:atender|ver|dar cita)|puede (?:atender|ver))\b|\b(?:pueden?|podrian?) (?:atender|ver)(?:me|nos|lo|la|le)\b/,
  /\b(?:need|want|looking for|necesito|quiero|busco) (?:a |an |to see |un |una |ver )+(?:dr|doctor|doctora|medico|medica|checkup|check up|physical|pediatrician|dermatologist|follow|vaccine|shot|pediatra|dermatologo|dermatologa|ginecologo|ginecologa|chequeo|vacuna|internist|specialist)\b/,
  /\b(?:book|schedule|make|need|want|get|like|necesito|quiero|quisiera|ocupo|reservar|agendar|hacer|sacar|pedir) (?:one|another(?: one)?|a new one|one more|una|otra|una nueva|otra mas)(?= (?:, )?(?:for|with|on|next|and|para|con|el|y)\b| ,|$)|^(?:, )*(?:one|another one|a new one|otra|una) (?:for|with|para|con) /,
  /\b(?:do you have|any|is there|are there|hay|tienen|tiene|tendran) (?:\S+ ){0,4}?(?:openings?|appointments?|slots?|availability|available|citas?|espacio|disponible|disponibilidad|lugar|turnos?|cupos?)\b/,
]);

/** A sentence that only names slots has no intent. "Cancel" alone is a command, not an intent. */
export function hearIntent(words: Words, text: string): Intent | undefined {
  const said = respelledText(words.join(' '));
  const command = readCommand(text, true);
  if (persons.test(said) || command === 'person') return 'person';
  if (command === 'help') return 'help';
  const folded = fold(text);
  if (moves.test(said) || ofNamed.move.test(folded)) return 'move';
  if (cancels.test(said) || ofNamed.cancel.test(folded)) return 'cancel';
  if (sees.test(said)) return 'see';
  if (books.test(said)) return 'book';
  return helps.test(said) ? 'help' : undefined;
}

const isSoonest =
  /\b(?:asap|a s a p|soonest|me urge|(?<!at the |at )earliest|(?:first|next) (?:available|avail|opening|open|free|appointment|possible|slot|one available|time (?:available|you have))|as (?:soon|early|quickly) as (?:possible|you can|i can)|soon as possible|right away|right now|immediately|urgently|lo antes posible|lo mas (?:pronto|temprano|rapido)(?: posible)?|cuanto antes|de inmediato|ahora mismo|primer[ao]? (?:cita|turno|hora|espacio|lugar|hueco)? ?(?:disponible|libre|que (?:tengan|haya|tenga))|proxima (?:cita )?disponible|urgente|con urgencia|inmediatamente)\b/;

export const hearSoonest = (words: Words): boolean => isSoonest.test(words.join(' '));

/** "For my son", "my daughter needs"; "for me", "para mí". Both at once are neither. */
export function hearForWhom(words: Words): ForWhom | undefined {
  const said = words.join(' ');
  const isOther =
    words.some(
      (word, at) =>
        relation.test(word) &&
        words
          .slice(Math.max(0, at - 4), at)
          .some((each) => /^(?:my|our|mi|mis|nuestro|nuestra)$/.test(each)) &&
        !isTeller(words, at),
    ) ||
    /\b(?:for|para) (?:someone else|somebody else|another person|otra persona|alguien mas|him|her|them|el|ella)\b(?= (?:,|please|por favor|on|at|to|que|$)|$)|\bon behalf of\b|\b(?:my|mi) (?:\d{1,2}|_|\S+) (?:year|month|week|_) (?:old|_)\b/.test(
      said,
    );
  const isSelf =
    /\b(?:myself|(?<!works? |working |good |best |better |ok |okay |fine |easier |great |not )for me|its me|para mi mism[oa]|for just me|mi mism[oa]|yo mism[oa])\b/.test(
      said,
    ) ||
    words.some(
      (word, at) =>
        word === 'mi' &&
        words[at - 1] === 'para' &&
        words[at - 2] !== 'no' &&
        words[at - 3] !== 'no' &&
        !/^\p{L}/u.test(
          words[at + 1]?.replace(
            /^(?:por|el|la|con|en|este|manana|hoy|y|a|que|,|lunes|martes|miercoles|jueves|viernes|sabado)$/,
            '',
          ) ?? '',
        ),
    );
  if (/\b(?:and|y) (?:i|me|myself|yo)\b|\bfor me and\b|\bpara mi y (?:mi|para)\b/.test(said))
    return undefined;
  return isOther === isSelf ? undefined : isOther ? 'other' : 'self';
}

/** "My wife told me to book": she is not the patient. */
const isTeller = (words: Words, at: number): boolean =>
  /^(?:told|said|says|recommended|suggested|works|drives|is driving|me|dijo|recomendo)$/.test(
    words[at + 1] ?? '',
  ) ||
  /^(?:s|doctors)$/.test(words[at + 1] ?? '') ||
  /^(?:with|and|y|con|ask|asking|tell)$/.test(words[at - 2] ?? '') ||
  /^(?:talk|speak|talking) to (?:my|our)$|(?:preguntar(?:le)?|avisar(?:le)?|decir(?:le)?|consultar(?:lo)?) (?:a|con) (?:mi|mis)$/.test(
    words.slice(Math.max(0, at - 3), at).join(' '),
  );

const changing =
  /^(?:change|different|another|other|cambiar|cambie|cambiemos|otro|otra|diferente|distinto|distinta|switch)$/;

/** Slots to be asked anew: the slot word stands within three words behind "change", "another", "otro". */
export function hearReopened(words: Words): readonly SlotMentioned[] {
  const slots = words.flatMap((word, at): readonly SlotMentioned[] => {
    const isThat = word === 'not' && /^(?:this|that)$/.test(words[at + 1] ?? '');
    if ((!changing.test(word) && !isThat) || words[at + 1] === 'than') return [];
    for (let length = 1; length <= 3; length++) {
      const behind = words.slice(at + 1, at + 1 + length);
      const last = behind.at(-1) ?? '';
      if (last === 'visit' && words[at + 1 + length] === 'type') continue;
      if (/^(?:with|and|or|to|at|con|y|o|,|appointment|cita|visit|_|than|for|para)$/.test(last)) return [];
      const slot = readChange(`change ${last}`);
      if (slot === 'visitType' && !/^(?:type|reason|tipo|motivo)$/.test(last)) return [];
      if (slot !== undefined) return [slot];
    }
    return [];
  });
  return [...new Set(slots)];
}
