// Small talk and questions beside the matter: known by whole messages or clear words, answered in one sentence, never counted as a miss.
import { fold, wordsOf } from './words.ts';

export type SmallTalk =
  | 'hello'
  | 'how-are-you'
  | 'thanks'
  | 'who-are-you'
  | 'sorry'
  | 'hurry'
  | 'off-topic'
  | 'rude';

const patterns: readonly (readonly [RegExp, SmallTalk])[] = [
  [
    /^(?:how are (?:you|u|things|ya)(?: (?:doing|today|doing today|there))?|how is it going|hows it going|how do you do|whats up|sup|como estas?|como te va|como le va|que tal|como va)$/,
    'how-are-you',
  ],
  [
    /^(?:are (?:you|u) (?:a |an )?(?:bot|robot|human|person|real|ai|machine|computer|real person)(?: or .{1,20})?|who (?:are|is) (?:you|this)|what are you|whats your name|what is your name|am i talking to (?:a )?(?:bot|person|human|robot)|(?:eres|es usted) (?:un |una )?(?:robot|bot|persona|humano|maquina|real)(?: o .{1,20})?|quien eres|quien es|como te llamas|como se llama)$/,
    'who-are-you',
  ],
  [
    /^(?:sorry|my bad|oops|my mistake|apologies|im sorry|i am sorry|perdon|disculpe|disculpa|lo siento|perdone)$/,
    'sorry',
  ],
  [
    /^(?:h+m+ ?)*(?:wait|hold on|one moment|one sec(?:ond)?|give me a (?:sec|second|minute|moment)|just a (?:sec|second|minute|moment)|hang on|brb|let me (?:check|think)(?: about it| on it| first)?|(?:(?:i dont know|idk|wait|ok|sorry) )*(?:let me|i have to|i need to|ill|i will|i gotta) (?:ask|check with|talk to) (?:my|the|him|her|them)(?: \S+){0,2}|(?:(?:espere|ok|no se|perdon) )*(?:tengo que|necesito|voy a|dejeme|deje|dejame) (?:preguntar(?:le)?|consultar(?:lo)?|hablar(?:lo)?) (?:a|con) \S+(?: \S+)?|espera|espere|un momento|un momentito|un segundo|dame un (?:segundo|minuto|momento)|deme un (?:segundo|minuto|momento)|dejeme (?:ver|pensar))$/,
    'hurry',
  ],
];

const greetings = new Set(
  'hi hello hey hiya howdy yo greetings hola buenas buenos good morning afternoon evening day dias tardes noches there'.split(
    ' ',
  ),
);
const thanks = new Set(
  'thanks thank you thx ty gracias muchas mil so much very a lot great ok okay perfect cool nice awesome good genial perfecto bien muy bueno vale de nada'.split(
    ' ',
  ),
);
const thanking = new Set('thanks thank thx ty gracias'.split(' '));
const rude = new Set(
  'stupid idiot dumb useless sucks fuck fucking shit damn crap hate estupido idiota inutil tonto mierda carajo'.split(
    ' ',
  ),
);

// What people ask a front desk beside an appointment; this assistant only books, and says so.
const desk =
  /\b(?:insurance|medicaid|medicare|copay|co-pay|bill|billing|invoice|price|cost|how much|how long|what (?:do|should|can) i (?:bring|wear|eat|drink|expect)|bring|prepare|fasting|refill|prescription|test results?|lab results?|results|records?|referral|parking|fax|directions|hours|open (?:on|today|now)|covid|weather|joke|politics|football|soccer|news|seguro|seguros|factura|precio|cuesta|cuanto|receta|resultados?|examen(?:es)? de sangre|expediente|estacionamiento|horario de atencion|clima|chiste|noticias|futbol)\b/;

// Whole questions of the same kind, whose words inside a sentence may be a reason or a wish ("my knee hurts", "is it free at 3?").
const deskQuestions = [
  /^(?:and |y )?(?:is|are) (?:it|this|that|the visit|the appointment|they|visits) free(?: of charge)?$|\bfree of charge\b|^(?:and |y )?(?:(?:la )?(?:cita|consulta) )?(?:es|son|sale) gratis$|\bgratuit[oa]s?\b/,
  /\b(?:will|does|is|would) (?:it|this|that) (?:hurt|be painful|painful|going to hurt)\b|\b(?:va|vaya) a doler\b|^(?:y )?(?:eso )?duele(?: mucho)?$/,
  /\bque (?:necesito|debo|tengo que|hay que|puedo) (?:llevar|traer|comer|beber|tomar)\b|\b(?:tengo que|debo|necesito|hay que) (?:ir|estar|venir) en ayunas\b|\bcuanto (?:dura|tarda|tiempo)\b/,
  /^(?:can|may|could) (?:my|our) \w+ (?:come|be there|sit in|go in|stay)(?: along| too| as well| with (?:me|us|him|her))*$|^(?:can|may|could) (?:i|we) (?:come with|bring) (?:my|our|the|a) \w+$|^puede (?:venir|entrar|ir|pasar|acompanarme)(?: conmigo)? (?:mi|un|una) \w+(?: conmigo)?$|^puedo (?:ir|venir|entrar|llegar) (?:acompanad[oa]|con (?:mi|un|una) \w+)$/,
  /\b(?:what time|when) do you (?:open|close)\b|^are you (?:guys )?open\b|\b(?:a que hora|cuando) (?:abren|cierran)\b|^estan abiertos\b/,
];

/** "Puede venir mi esposa": a whole question for the desk, which may look like a name; "Bill" in a name does not look like a question. */
export const asksTheDesk = (text: string): boolean =>
  deskQuestions.some((question) => question.test(fold(text)));

/** What kind of talk the text is, or undefined: then it is an answer that was not understood. */
export function readSmallTalk(text: string): SmallTalk | undefined {
  const folded = fold(text).replace(/'/g, '');
  const said = wordsOf(folded);
  if (said.length === 0) return /\p{Extended_Pictographic}/u.test(text) ? 'thanks' : undefined;
  const whole = patterns.find(([pattern]) => pattern.test(folded));
  if (whole !== undefined) return whole[1];
  if (said.some((word) => rude.has(word))) return 'rude';
  if (said.length <= 5 && said.every((word) => greetings.has(word))) return 'hello';
  if (said.length <= 6 && said.some((word) => thanking.has(word)) && said.every((word) => thanks.has(word)))
    return 'thanks';
  return desk.test(folded) || asksTheDesk(text) ? 'off-topic' : undefined;
}
