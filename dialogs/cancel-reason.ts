// The reason behind a yes to "Shall I cancel it?". Only what keeps somebody from coming is one: "yes, I can come" is a no.
import { plain } from './answers.ts';
import { relations } from './hear-noise.ts';

/** Words after a yes that take it back, or mean another visit; "I can't come" and "ya no la necesito" do not. */
const otherwise =
  /\b(?:but|if|unless|only|until|solo|hasta|instead|rather|move|reschedule|wait|keep|meant?|both|all|other|another|different|wrong|pero|mejor|mover|cambiar|espere|otr[ao]|distint[ao]|ambas|todas|las dos|quise|refiero|dont (?!need|have|feel)|not (?!able|feeling|well|coming|going)|no (?!puedo|podre|voy|me|la necesito|tengo))\b/;
/** Says that they come after all, or asks. */
const coming =
  /\b(?:can(?! ?not\b)|(?:i|we) will(?! (?:not|be (?:away|out|gone|traveling|travelling|working|busy))\b)|ill(?= (?:be there|come|go|make|keep|try)\b)|(?<!\bnot )(?:coming|able)|(?<!\b(?:wont|not|cant|cannot) )be there|question|think|guess|mistake|changed my mind|want(?! to cancel)|equivoque|error|pregunta|creo|quiero(?! cancelar)|(?<!\bno (?:me |le |nos )?)(?:voy|vamos|puedo|podre|podemos)(?! de viaje| a (?:estar|viajar|trabajar|salir)\b)|ire|iremos|asistire)\b/;
/** What keeps somebody away. */
const obstacle = new RegExp(
  `\\b(?:cant|cannot|can not|couldnt|wont|not (?:able|feeling|well|coming|going)|no longer|dont (?:need|have|feel)|unable|(?:have|has|had|need|got|gotta|having) to|must|sick|ill|flu|fever|cold|covid|feel|feeling|hurts?|pain|hospital|surgery|works?|working|job|shift|meeting|school|class|exam|test|court|trip|travel\\w*|away|out of|vacation|holiday|moving|moved|busy|conflict|emergency|appointment|car|truck|ride|bus|train|flight|transport\\w*|broke|weather|snow\\w*|storm|money|insurance|afford|expensive|pay|kids?|funeral|died|death|family|came up|forgot|better now|lo siento|no (?:puedo|podre|voy|me|la necesito|tengo)|ya no|tengo|tuve|tenemos|debo|trabaj\\w+|enferm\\w+|mal|gripe|fiebre|viaje|viajo|surgio|salio|urgencia|emergencia|escuela|carro|coche|camion|transporte|dinero|seguro|lluvia|nieve|familia|imprevisto|ocupad[oa]|${relations})\\b`,
);
const afterYes =
  /^\s*(?:(?:yes|si|sí)(?:,? (?:please|pls|plz|por favor|porfa))?(?:,? (?:cancel it|cancel|canc[eé]lela|cancela))?|cancel it|canc[eé]lela)[\s,;.:!-]+(.{3,1000})$/is;
/** What fits into the notes beside the desk's own words. */
const mostReasonLetters = 200;
const because = /^(?:because|since|porque|es que)\s+/i;
/** Only what begins as a reason is one: "I have to work", "no puedo ir", and not "the Thursday one". */
const aReason =
  /^(?:i|im|ive|ill|we|were|my|our|something|sorry|there|feeling|got|cant|cannot|no|ya|tengo|tuve|me|mi|nos|se|estoy|voy|surgio|hay|lo siento)\b/;

/** The reason that a yes is given with, to be kept; undefined where what follows it is none. */
export function reasonIn(text: string): string | undefined {
  const said = afterYes.exec(text)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const folded = plain(said);
  const isOne = because.test(said) || (aReason.test(folded) && obstacle.test(folded));
  if (!isOne || otherwise.test(folded) || coming.test(folded)) return undefined;
  return said.replace(because, '').slice(0, mostReasonLetters);
}
