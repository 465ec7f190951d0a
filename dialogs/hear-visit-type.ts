// What a visit is for: a type by its name or what it is called in either language, or a plain reason. Never a diagnosis.
import type { Words } from './hear-words.ts';
import type { Roster, VisitTypeMention } from './understood.ts';
import { anyOf, fold, nearly, wordsOf } from './words.ts';

/** What a type is called besides its name; `type` is looked for in the names of the practice's types. */
interface Kind {
  readonly type: RegExp;
  readonly said: RegExp;
}

const kinds: readonly Kind[] = [
  {
    type: /follow ?up|seguimiento/,
    said: /\b(?:follow(?:ing)? ?up|followup|folow up|follow ups|recheck|seguimiento|visita de control|cita de control|consulta de control)\b/,
  },
  {
    type: /\bsick|enferm|acute/,
    said: /\b(?:sick (?:visit|appointment|appt|call)|(?:visita|cita|consulta) (?:por|de) enfermedad)\b/,
  },
  {
    type: /physical|fisico/,
    said: /(?<!\b(?:sports?|school|camp|dot|work|employment|college|football) )\b(?:physical|physicals|phsyical|physcial|examen fisico|fisico anual)\b(?! therap| pain| education)/,
  },
  {
    type: /annual exam|examen anual/,
    said: /\b(?:annual exam|yearly exam|examen anual)\b/,
  },
  { type: /annual|yearly|anual/, said: /\b(?:annual|yearly|anual)\b/ },
  {
    type: /new patient|paciente nuev/,
    said: /\b(?:new (?:patient|pt)|first (?:time )?(?:visit|patient)|first time (?:here|there|coming|seeing)|paciente nuev[oa]|nuev[oa] paciente|primera (?:visita|consulta)|primera vez)\b(?! (?:available|disponible|libre|que tengan))/,
  },
  {
    type: /well ?child|well ?baby|nino sano/,
    said: /\b(?:well ?child|well ?baby|well ?visit|wellchild|wellness (?:visit|check) for (?:my )?\p{L}+|nin[oa]s? san[oa]s?|control (?:de|del) (?:nin[oa]|bebe)(?: san[oa])?)\b/u,
  },
  {
    type: /vaccin|immuni|shot|vacuna/,
    said: /\b(?:vaccin(?:e|es|ation|ations|ated)|vacine|vaccene|immuni[sz]ations?|(?:flu|covid|tetanus|booster|allergy) shots?|shots|(?:a|his|her|my|the|get) shot|vacunas?|vacunar(?:se|me|lo|la)?|vacunacion)\b(?! (?:at|in the dark))/,
  },
  { type: /prenatal/, said: /\bpre ?natal\b/ },
  {
    type: /skin check|mole check|piel/,
    said: /\b(?:skin (?:check|exam|screening)|mole check|(?:revision|chequeo|examen) de (?:la )?piel|(?:revisar|revisarme|revise) (?:la piel|un lunar|unos lunares))\b/,
  },
  {
    type: /telehealth|video|virtual/,
    said: /\b(?:telehealth|tele ?medicine|video (?:visit|call)|virtual (?:visit|appointment)|videollamada|telemedicina|cita virtual)\b/,
  },
];

/** A plain reason, and the kinds of visit that it could be. */
const reasons: readonly Kind[] = [
  {
    type: /\bphysical|fisico/,
    said: /\b(?:sports?|school|camp|dot|work|employment|college|football) physicals?\b/,
  },
  {
    type: /annual exam|examen anual|gyn/,
    said: /\b(?:pap smear|pap test|pap|papanicolau|well woman|examen ginecologico)\b/,
  },
  { type: /prenatal|obstet/, said: /\b(?:pregnant|pregnancy|expecting a baby|embarazad[ao]|embarazo)\b/ },
  {
    type: /\bphysical|annual|check ?up|wellness|fisico|anual/,
    said: /\b(?:check ?ups?|chek ?up|checkin|regular check|routine (?:check|visit|exam)|get checked(?: out)?|wellness(?: visit| check)?|chequeo|chequearme|revision(?: general| medica)?|control (?:general|anual|de rutina)|consulta de rutina)\b/,
  },
  {
    type: /\bskin|\bsick|dermat|piel|enferm/,
    said: /\b(?:rash|rashes|acne|moles?|eczema|hives|psoriasis|itchy skin|sarpullido|ronchas|lunar(?:es)?|picazon|comezon|manchas? en la piel)\b/,
  },
  {
    type: /\bsick|enferm|acute|urgent/,
    said: /\b(?:sick|ill|unwell|not feeling (?:well|good)|dont feel (?:well|good)|feel(?:ing|s)? (?:bad|awful|terrible|sick|lousy|horrible)|throwing up|vomit\p{L}*|nausea|nauseous|fevers?|feverish|temperature|cough\p{L}*|a cold|bad cold|head cold|flu|sore throat|strep|throat|sore|hurts?|hurting|pain|pains|painful|ache|aches|aching|headaches?|migraines?|ear ?ache|tooth ?ache|stomach|tummy|diarrh?ea|dizzy|dizziness|infection|infected|uti|sinus|congest\p{L}*|swollen|swelling|sprain\p{L}*|twisted my|bleeding|burning|cramps?|fatigue|tired all the time|allerg\p{L}*|bug bite|bitten|pink ?eye|duele|duelen|dolor|dolores|doliendo|fiebre|calentura|tos|gripe|gripa|resfriad[oa]|resfrio|catarro|garganta|vomito|vomitando|nauseas?|mareos?|maread[oa]|diarrea|infeccion|hinchad[oa]|alergia|enferm[oa]|malestar|me siento mal|se siente mal|no me siento bien|lastim\p{L}*|torci\p{L}*|sangr\p{L}*|ardor)\b/u,
  },
  {
    type: /refill|medication review|receta/,
    said: /\b(?:refills?|prescriptions?|medication|medicine|meds|receta|recetas|medicamentos?|medicinas?)\b/,
  },
  {
    type: /\blabs?\b|blood|test/,
    said: /\b(?:blood (?:work|test|draw)|bloodwork|lab (?:work|results?|test)|labs|test results|xray|x ray|analisis(?: de sangre)?|resultados|examenes|laboratorio)\b/,
  },
  {
    type: /procedure|consult\b/,
    said: /\b(?:referral|second opinion|referido|segunda opinion|anxiety|anxious|depress\p{L}*|stress|insomnia|cant sleep|ansiedad|deprimid[oa]|depresion|estres|insomnio|blood pressure|diabetes|presion(?: alta)?|cholesterol|colesterol)\b/u,
  },
];

const anyKind = anyOf(kinds.map(({ said }) => said));
const anyReason = anyOf(reasons.map(({ said }) => said));

interface TypeName {
  readonly name: string;
  readonly folded: string;
  /** The words that tell it from other types. */
  readonly core: readonly string[];
  readonly doctors: readonly (string | undefined)[];
}

const plainWords = new Set(
  'visit appointment appt and the a of for consult consultation visita cita consulta de'.split(' '),
);
const known = new WeakMap<Roster, readonly TypeName[]>();
function typesOf(roster: Roster): readonly TypeName[] {
  const kept = known.get(roster);
  if (kept !== undefined) return kept;
  const types = [...new Set(roster.visitTypes.map(({ name }) => name))]
    .map((name) => {
      const words = wordsOf(fold(name));
      const core = words.filter((word) => !plainWords.has(word));
      return {
        name,
        folded: words.join(' '),
        core: core.length === 0 ? words : core,
        doctors: roster.visitTypes.filter((type) => type.name === name).map(({ doctorId }) => doctorId),
      };
    })
    .filter(({ core }) => core.length > 0);
  known.set(roster, types);
  return types;
}

const stands = (words: Words, core: readonly string[]): boolean =>
  words.some((_, at) => core.every((word, i) => nearly(word, words[at + i] ?? '')));

/** `doctor`: named in the same sentence; of several types only those that this doctor offers are meant. */
export function hearVisitType(
  words: Words,
  roster: Roster,
  doctor: string | undefined,
): VisitTypeMention | undefined {
  const text = words.join(' ');
  const types = typesOf(roster);
  const offered = (names: readonly TypeName[]): readonly string[] => {
    const theirs = names.filter(
      ({ doctors }) => doctor === undefined || doctors.includes(doctor) || doctors.includes(undefined),
    );
    return (theirs.length > 0 ? theirs : names).map(({ name }) => name);
  };
  // "Sick" alone is how somebody feels; "sick visit" is a type.
  const byName = types.filter(({ core, folded }) =>
    core.length > 1 || !/^(?:sick|skin|annual|new)$/.test(core[0] ?? '')
      ? stands(words, core)
      : text.includes(folded),
  );
  const byKind = (anyKind.test(text) ? kinds : [])
    .filter(({ said }) => said.test(text))
    .map(({ type }) => types.filter(({ folded }) => type.test(folded)));
  const widest = byKind.filter(
    (found) =>
      !byName.some((type) => found.includes(type)) &&
      !byKind.some(
        (other) => other !== found && other.length > 0 && other.every((type) => found.includes(type)),
      ),
  );
  const named = [...new Set([...byName, ...widest.flat()])];
  if (named.length > 0) {
    const names = offered(named);
    const [name, second] = names;
    return name !== undefined && second === undefined ? { kind: 'one', name } : { kind: 'several', names };
  }
  if (!anyReason.test(text)) return undefined;
  const reason = reasons.filter(({ said }) => said.test(text));
  const fits = types.filter(({ folded }) => reason.some(({ type }) => type.test(folded)));
  return { kind: 'reason', names: offered(fits) };
}
