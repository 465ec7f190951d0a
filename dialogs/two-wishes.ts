// Two wishes in one message ("cancel Thursday's and book a new one"): where the second begins. Pure; on any doubt there is none.
import { actIn } from './acts.ts';
import { readPlainYesNo } from './answers.ts';
import { readCommand } from './commands.ts';
import { readAlarm } from './emergency.ts';
import { hearIntent } from './hear-intent.ts';
import { relations } from './hear-noise.ts';
import { hearWords } from './hear-words.ts';
import { respelledText } from './respell.ts';
import { readSmallTalk } from './small-talk.ts';
import { fold, maxTextLength } from './words.ts';

/** What somebody wants done; `where`: to be told where the practice is, or something else at once; `yes`: the answer to the check that is open. */
export type WishKind = 'book' | 'cancel' | 'move' | 'see' | 'show-data' | 'delete-data' | 'where' | 'yes';

export interface Wished {
  readonly kind: WishKind;
  /** As it was written. */
  readonly text: string;
}

const visit = '(?:appointments?|appts?|visits?|bookings?|citas?|visitas?|turnos?|consultas?)';
const weekday =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|manana';
const verbs: Readonly<Record<Exclude<WishKind, 'yes' | 'where'>, string>> = {
  cancel: '(?:cancel|call off|cancelar|cancele|cancelen|anular|anule)',
  move: '(?:move|reschedule|change|switch|push|postpone|cambiar|cambie|cambien|mover|mueva|reprogramar|reprograme|reagendar|pasar|posponer)',
  see: '(?:when|what time|what day|show|see|list|tell me when|cuando|a que hora|que dia|ver|mostrar|muestre|muestreme|digame cuando|dime cuando)',
  book: '(?:book|schedule|make|get|need|want|like|set up|reservar|reserve|agendar|agende|hacer|haga|sacar|pedir|quiero|quisiera|necesito|gustaria|ocupo)',
  'show-data': '(?:show|see|my data|ver|mostrar|muestreme|mis datos)',
  'delete-data': '(?:delete|erase|forget|borrar|borre|eliminar|elimine)',
};

const where =
  /^(?:(?:tell me|know|dime|digame|saber|give me|send me|deme) )?(?:where (?:are you|you are|youre|(?:is )?(?:the|your) (?:office|clinic)(?: is)?)|wheres your office|(?:the|your) address|(?:the |some )?directions|how (?:do i|to) get there|donde (?:estan|esta|queda|quedan|se encuentran|es)|(?:la|su) direccion|como llego)(?: ubicados| located| el consultorio| la clinica| la oficina| exactly)?$/;

/** What the open question lets a first part mean: its yes, or "it" for the visit that is spoken of. */
export interface Open {
  readonly yes: boolean;
  readonly it: boolean;
}

/** Both parts as they were written; undefined where there is one wish, or where it is not certain that there are two. */
export function twoWishes(
  text: string,
  open: Open,
): { readonly first: Wished; readonly second: Wished } | undefined {
  if (text.length > maxTextLength || !joins.test(text) || readAlarm(text) !== undefined) return undefined;
  for (const { index, 0: joint } of [...text.matchAll(joints)].slice(0, mostJoints)) {
    const [before, behind] = [text.slice(0, index).trim(), text.slice(index + joint.length)];
    const second = secondIn(behind.replace(lead, '').replace(ending, ''), before);
    const first = second === undefined ? undefined : firstIn(before, open);
    if (first === undefined || second === undefined) continue;
    // "Cancel it and rebook for next week" is one wish.
    const isMove = first.kind === 'move' || second.kind === 'move';
    if (!isMove && hearIntent(hearWords(text), text) === 'move') return undefined;
    if (isOneWish(first, second)) continue;
    // Who it is must be known for anything else: what is kept of them goes last.
    return first.kind === 'delete-data' && second.kind !== 'where'
      ? { first: second, second: first }
      : { first, second };
  }
  return undefined;
}

const joins = /[,.;!?\n&+]|\b(?:and|y|e|then|luego|also|plus|tambi[eé]n|adem[aá]s)\b/i;
/** Nobody joins more in one breath. */
const mostJoints = 12;
const joints =
  /[\s,.;!?]*(?:\s(?:and|y|e|then|luego|also|plus|tambi[eé]n|adem[aá]s)\b|\s[&+])[\s,]+|[,.;!?\n]+\s+/gi;
const lead =
  /^(?:(?:and|then|also|please|after that|afterwards|next|now|i|i'd|id|i'll|we|would|have|to|can|could|may|you|maybe|luego|despu[eé]s|tambi[eé]n|adem[aá]s|ahora|puede|puedo|podr[ií]a|me|por favor|y|(?:i )?(?:also )?(?:want|need|would like|i'd like|have) to|(?:quiero|necesito|quisiera|tengo que)(?= \S+r\b))[\s,]+)+/i;
const ending = /[\s,.;!?]+$/;

/** "Not", "if", "or": more than one thing may be meant. */
const doubtful =
  /\b(?:dont|do not|not|never|no|if|unless|or|but|without|until|unable|cant|wont|pero|o|ni|sin|nunca|a menos|si|had to|tuve que)\b/;
const asking = /^(?:do|does|did|should|must|why|will|would it|what if|debo|tengo que|por que|hay que)\b/;

const plain = (text: string): string => respelledText(fold(text).replace(/'/g, ''));

function firstIn(text: string, open: Open): Wished | undefined {
  if (open.yes && readPlainYesNo(text) === 'yes') return { kind: 'yes', text };
  const folded = plain(text);
  if (asksTheDesk(folded.replace(/^(?:hi|hello|hola|please|por favor) /, ''))) return { kind: 'where', text };
  if (doubtful.test(folded) || asking.test(folded)) return undefined;
  const act = open.it ? actIn(text) : undefined;
  const kind = kindOf(text) ?? (act === 'directions' ? undefined : act);
  if (kind === undefined) return undefined;
  const isSaid = new RegExp(`\\b${verbs[kind]}(?:la)?\\b`).test(folded);
  if (!isSaid && !(kind === 'book' && /^(?:an?|one|una|otra)\b/.test(folded))) return undefined;
  return { kind, text };
}

/** Only what begins with its verb, and says what it is about: "move it to Friday" belongs to what was said before. */
function secondIn(text: string, before: string): Wished | undefined {
  const folded = plain(text);
  if (doubtful.test(folded)) return undefined;
  if (asksTheDesk(folded)) return { kind: 'where', text };
  const relative = alsoFor.exec(folded);
  if (relative !== null && forSelf.test(plain(before)))
    return { kind: 'book', text: relative[1] === undefined ? text : `${oneFor(folded)} ${relative[1]}` };
  if (aNewOne.test(folded)) return { kind: 'book', text };
  const kind = kindOf(text);
  if (kind === undefined || !new RegExp(`^${verbs[kind]}\\b`).test(folded)) return undefined;
  if (kind === 'cancel' || kind === 'move') return ownObject.test(folded) ? { kind, text } : undefined;
  return { kind, text };
}

/** Where the practice is, or something else that is answered at once: "do you take Medicaid". */
const asksTheDesk = (folded: string): boolean =>
  where.test(folded) || (question.test(folded) && readSmallTalk(folded) === 'off-topic');
const question =
  /^(?:how (?:much|long)|what (?:do|should|can) i|what time do you|do you (?:take|accept|have parking)|is (?:it|there)|will it|cuanto|aceptan|toman|reciben|que (?:necesito|debo|tengo que)|a que hora (?:abren|cierran)|es gratis|hay estacionamiento)\b/;

const children = '(?:kids|children|sons|daughters|boys|girls|hijos|hijas|ninos|ninas)';
const family = `(?:(?:both|all|two|three|the two) (?:of )?)?(?:us|(?:my|our|the|mis|nuestros) (?:(?:two|three|both|2|3|dos|tres) )?${children}|(?:my|our|mi) (?:${relations}) (?:and|y) (?:i|me|myself|yo|(?:my |mi )?(?:${relations})))`;
const several = new RegExp(
  `\\b(?:for|para|see|atender a|ver a) ${family}\\b|\\b(?<!\\bof )${family} (?:both )?(?:need|want|necesita|quiere)`,
);

/** A visit for more than one: "for my two kids", "my husband and me". */
export const isForSeveral = (text: string): boolean => several.test(plain(text));

const alsoFor = new RegExp(
  `^(?:(?:for|para) )?((?:my|our|mi|mis|nuestr[ao]) (?:${relations})(?: \\S+)?)(?: too| also| as well| tambien)?$`,
);
const forSelf = new RegExp(
  `${visit}.*\\b(?:for me|for myself|para mi)$|\\b(?:one|una) (?:for me|for myself|para mi)$|\\b(?:for|para) (?:my|mi) (?:${relations})$`,
);
const oneFor = (folded: string): string =>
  /\b(?:mi|mis|nuestr[ao])\b/.test(folded) ? 'una para' : 'one for';

/** "Another one for my son", "una para el viernes": no verb of its own. */
const aNewOne =
  /^(?:(?:need|want|quiero|necesito|quisiera) )?(?:one|another|another one|a new one|one more|otra|una|una nueva) (?:for|with|on|next|para|con|el)\b/;
/** Which visit, by name and not by a pronoun. */
const ownObject = new RegExp(
  `^\\S+(?: off)? (?!(?:it|that|this|them|both|me|us|la|lo|las|los|ella|esa|esta)(?: (?!de|del|mia|otra|cita|visita)|$))(?:\\S+ ){0,3}?(?:${visit}|mine|mia|other|others|otra|old one|current one|one|(?:${weekday}))\\b|^\\S+ la (?:de|del|mia|otra|cita|visita)\\b`,
);
const named = new RegExp(`\\b(?:other|others|otra|otras|${weekday})\\b|\\d`);
const isNew = new RegExp(
  `\\b(?:another|new|one more|second|separate|otra|otro|nueva)\\b|\\b(?:one|una|${visit}) (?:for|para) (?:my|our|mi|nuestr[ao]) (?:${relations})\\b|^(?:one|otra|una)\\b`,
);
const aVisit = new RegExp(`\\b(?:${visit}|one|another|otra|una|checkup|physical|chequeo)\\b`);
const instead = /\b(?:instead|rather|mejor|en vez|en su lugar)\b/;

/** Two verbs that may be about the same visit count as one wish. */
function isOneWish(first: Wished, second: Wished): boolean {
  const folded = plain(second.text);
  if (second.kind === 'where' || first.kind === 'where') return first.kind === second.kind;
  if (instead.test(folded) && first.kind !== 'cancel') return true;
  if (second.kind === 'book')
    return first.kind === 'cancel' || first.kind === 'see' || first.kind === 'delete-data'
      ? first.kind !== 'cancel' && !aVisit.test(folded)
      : !isNew.test(folded);
  const isChange = second.kind === 'cancel' || second.kind === 'move';
  if (isChange && (first.kind === 'cancel' || first.kind === 'move' || first.kind === 'yes'))
    return !named.test(folded.replace(/ (?:to|until|para|al|a) .*$/, ''));
  return first.kind === second.kind;
}

function kindOf(text: string): Exclude<WishKind, 'yes' | 'where'> | undefined {
  const command = readCommand(text, true);
  if (command === 'call-off') return 'cancel';
  if (command === 'move' || command === 'see' || command === 'show-data' || command === 'delete-data')
    return command;
  const intent = hearIntent(hearWords(text), text);
  return intent === 'book' || intent === 'cancel' || intent === 'move' || intent === 'see'
    ? intent
    : undefined;
}
