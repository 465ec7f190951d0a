// The doctor that a sentence names: one of the roster, any, the last one; and the office where that doctor can be seen.
import { doctorId, officeId, patientId } from '../services/domain.ts';
import { answered, type Filling, nameOf, narrowed, type Take, wanted } from './filling.ts';
import type { Draft, Memory } from './memory.ts';
import { withChoice } from './options.ts';
import { reopened } from './outcomes.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import type { Mention } from './understood.ts';

export const takeDoctor: Take = async (turn, filling, said) => {
  const { memory, parts, notes } = filling;
  const words = wordsFor(memory);
  const { doctor } = said;
  const anyone =
    doctor?.kind === 'any' ||
    (said.soonest === true && doctor === undefined && memory.draft?.doctorId === undefined);
  if (anyone) {
    const { doctorId: _, ...others } = memory.draft ?? {};
    const draft: Draft = { ...others, anyDoctor: true, day: undefined, time: undefined };
    return { ...filling, memory: answered(memory, draft, 'doctor'), parts: [...parts, words.anyDoctor()] };
  }
  switch (doctor?.kind) {
    case 'one':
      return withDoctor(turn, filling, doctor.id, said.office);
    case 'several':
      return { ...filling, memory: narrowed(memory, 'doctor', doctor.ids) };
    case 'same':
      return withLastDoctor(turn, filling, said.office);
    case 'unknown':
      return { ...filling, memory: reopened(memory, 'doctor'), notes: [...notes, words.unknownDoctor()] };
    default:
      return filling;
  }
};

/** The doctor, and an office where that doctor can be seen: one that was chosen before gives way, with a word about it. */
async function withDoctor(
  turn: Turn,
  filling: Filling,
  id: string,
  office: Mention | undefined,
): Promise<Filling> {
  const { memory, parts, notes } = filling;
  const { directory } = turn.desk.useCases;
  const name = await nameOf(turn, 'doctor', id);
  const before = memory.draft ?? {};
  const there = await directory.doctorsAt(officeId(before.officeId ?? ''));
  const isElsewhere =
    before.officeId !== undefined && there.ok && !there.value.some((each) => each.id === doctorId(id));
  if (isElsewhere && before.officeId !== undefined) {
    const place = await nameOf(turn, 'office', before.officeId);
    const note = wordsFor(memory).notAtOffice(name, place);
    // Both in one sentence: which of the two counts more is not ours to say; the office is asked about with the doctor kept.
    const open = reopened(memory, 'office');
    const draft = wanted({ ...withChoice(open.draft ?? {}, 'doctor', id), anyDoctor: undefined }, id);
    const kept = office === undefined ? parts : parts.filter((part) => part !== place);
    return {
      ...filling,
      memory: answered(open, draft, 'doctor'),
      parts: [...kept, name],
      notes: [...notes, note],
    };
  }
  const draft = wanted({ ...withChoice(before, 'doctor', id), anyDoctor: undefined }, id);
  return { ...filling, memory: answered(memory, draft, 'doctor'), parts: [...parts, name] };
}

async function withLastDoctor(turn: Turn, filling: Filling, office: Mention | undefined): Promise<Filling> {
  const { memory, notes } = filling;
  if (memory.who === undefined)
    return { ...filling, memory: { ...memory, draft: { ...memory.draft, sameDoctor: true } } };
  const last = await turn.desk.useCases.lastDoctorOf(patientId(memory.who.id));
  const known = await turn.desk.useCases.directory.doctors();
  if (last !== undefined && known.ok && known.value.some(({ id }) => id === last))
    return withDoctor(turn, filling, last, office);
  return {
    ...filling,
    memory: reopened(memory, 'doctor'),
    notes: [...notes, wordsFor(memory).noLastDoctor()],
  };
}

/** Resolves "the same doctor" once it is known who asks. */
export async function fillLastDoctor(turn: Turn, memory: Memory): Promise<Step> {
  const { sameDoctor: _, ...draft } = memory.draft ?? {};
  const start: Filling = { memory: { ...memory, draft }, parts: [], notes: [] };
  const { memory: filled, parts, notes } = await withLastDoctor(turn, start, undefined);
  return goOn(filled, ...(parts.length > 0 ? [wordsFor(filled).heard(parts)] : []), ...notes);
}
