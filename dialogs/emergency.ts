// Words of an emergency or of self-harm, in both languages: answered before anything else, and never taken for an answer.
import type { Language } from './reply.ts';
import { anyOf, fold } from './words.ts';

export type Alarm = 'emergency' | 'self-harm';

/*
 * The signs that the public is told to call 911 for (American Heart Association, American Stroke Association, American College of
 * Emergency Physicians), in the words people use. A false alarm costs one "go on"; a missed one may cost a life, so
 * wishes and history ("my father had a heart attack") are not told apart.
 */
const emergency: Readonly<Record<Language, RegExp>> = {
  en: anyOf([
    /\b(?:chest|heart) (?:pains?|pressure|tightness|hurts?|is hurting|is killing)\b|\bpains? in (?:my|his|her|the) (?:chest|heart)\b|\btight(?:ness)? (?:in (?:my|the|his|her) )?chest\b/,
    /\b(?:can ?not|cant|can't|cannot|couldnt|couldn't|trouble|difficulty|hard time|struggling to|unable to|hardly|barely) (?:to )?breath(?:e|ing)?\b|\b(?:can|is) (?:hardly|barely|not) breath(?:e|ing)\b|\b(?:not|stopped|isnt|isn't) breathing\b|\bshort(?:ness)? of breath\b|\bchok(?:ing|ed)\b/,
    /\bheart attack\b|\bhaving a stroke\b|\bstroke symptoms\b|\bface (?:is )?droop(?:ing|s)?\b|\bslurr(?:ed|ing) (?:speech|words)\b|\bcant (?:move|feel) (?:my|his|her) (?:arm|leg|face|side)\b/,
    /\b(?:unconscious|unresponsive|passed out|wont wake up|won't wake up|will not wake up|not waking up|seizure|convulsions?|overdos(?:e|ed|ing)|anaphyla\p{L}*)\b/u,
    /\b(?:bleeding (?:a lot|heavily|badly|out|wont stop|won't stop)|wont stop bleeding|won't stop bleeding|(?:cant|can't|cannot) stop (?:the )?bleeding|coughing (?:up )?blood|vomiting blood|throwing up blood)\b/,
    /\b(?:throat|tongue) (?:is )?(?:closing|swelling)\b|\bsevere allergic reaction\b|\b(?:worst headache of my life)\b|\b(?:swallowed|drank) (?:poison|bleach)\b|\bpoison(?:ed|ing)\b|\b(?:medical )?emergency right now\b|\bits an emergency\b|\bit's an emergency\b|\bthis is an emergency\b|\bcall (?:911|an ambulance)\b/,
  ]),
  es: anyOf([
    /\bdolor(?:es)? (?:fuerte |muy fuerte |intenso )?(?:de|en el|en mi) (?:pecho|corazon)\b|\bme (?:duele|aprieta|oprime) (?:mucho )?(?:el|mi) (?:pecho|corazon)\b|\bopresion en el pecho\b/,
    /\bno (?:puedo|puede|podia) respirar\b|\bno (?:estoy |esta )?respira(?:ndo)?\b|\bme (?:ahogo|falta el aire|cuesta respirar)\b|\b(?:le cuesta respirar|le falta el aire|se ahoga|se esta ahogando|me estoy ahogando)\b|\bdificultad para respirar\b/,
    /\b(?:infarto|ataque al corazon|ataque cardiaco|derrame cerebral|embolia|convulsion(?:es)?|convulsionando|sobredosis|inconsciente|desmayad[oa]|se desmayo|no despierta|no reacciona|no responde)\b/,
    /\b(?:sangra(?:ndo)? mucho|no para de sangrar|no deja de sangrar|vomit(?:ando|a|o) sangre|tosiendo sangre|se me cierra la garganta|reaccion alergica grave|envenenad[oa]|se envenen[oa]|tomo veneno|(?<!no )es una emergencia|llam(?:e|en|ar) (?:al 911|una ambulancia))\b/,
  ]),
};

const selfHarm: Readonly<Record<Language, RegExp>> = {
  en: anyOf([
    /\b(?:kill|hurt|harm|cut|cutting|end|shoot|hang) (?:my ?self|my life)\b|\bkilling myself\b|\bhurting myself\b|\bsuicid(?:e|al)\b|\btake my (?:own )?life\b|\bend(?:ing)? (?:it all|my life)\b|\bend everything\b/,
    /\b(?:want|wanna|wanted|wish|going|ready|rather|better off) (?:to |i (?:was|were) |be )?(?:die|dead|dying)\b|\bdont want to (?:live|be alive|be here anymore|wake up)\b|\bdon't want to (?:live|be alive|be here anymore|wake up)\b|\bno reason to live\b|\bwish i (?:was|were) never born\b|\bself ?harm(?:ing)?\b/,
  ]),
  es: anyOf([
    /\b(?:quiero|quisiera|deseo|prefiero|me quiero|ganas de) morir(?:me)?\b|\bme quiero morir\b|\bya no quiero (?:vivir|seguir viviendo|estar aqui)\b|\bno quiero (?:vivir|seguir viviendo)\b|\b(?:matarme|suicidarme|suicidio|suicida|quitarme la vida|hacerme dano|lastimarme|cortarme|acabar con mi vida|acabar con todo)\b|\bme (?:voy a|quiero) matar\b|\bno vale la pena vivir\b/,
  ]),
};

/** What the text cries out, and in which language; self-harm outranks. Both are read whatever the conversation's is. Linear in the text. */
export function readAlarm(text: string): { readonly alarm: Alarm; readonly language: Language } | undefined {
  const folded = fold(text).replace(/-/g, ' ');
  const kinds = [
    ['self-harm', selfHarm],
    ['emergency', emergency],
  ] as const;
  for (const [alarm, patterns] of kinds)
    for (const language of ['en', 'es'] as const)
      if (patterns[language].test(folded)) return { alarm, language };
  return undefined;
}

const goOnWords = new Set(
  'go on|keep going|continue|go ahead|carry on|resume|im ok|i am ok|im fine|i am fine|im okay|not an emergency|its not an emergency|it is not an emergency|no emergency|false alarm|seguir|sigamos|siga|seguimos|continuar|continue con la cita|estoy bien|no es una emergencia|no es emergencia|falsa alarma'.split(
    '|',
  ),
);

/** The patient's own word that booking may go on after an alarm; an answer to the question before it is none. */
export const wantsToGoOn = (text: string): boolean =>
  goOnWords.has(
    fold(text)
      .replace(/'/g, '')
      .replace(
        /(?:^| )(?:please|por favor|yes|si|thanks|thank you|gracias|with (?:the )?booking|with it)(?= |$)/g,
        '',
      )
      .replace(/ +/g, ' ')
      .trim(),
  );
