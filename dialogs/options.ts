// What a patient can choose for office, doctor and kind of visit, given the other answers; and which of them need no question.
import {
  type Doctor,
  doctorId,
  type Office,
  officeId,
  ok,
  type Result,
  type VisitType,
} from '../services/domain.ts';
import type { BrowseError } from '../services/use-cases.ts';
import type { Option } from './choose.ts';
import type { Draft } from './memory.ts';
import type { Desk } from './turn.ts';

/** Slots that are answered by an id out of the practice's directory, in the order of their dependence. */
export const listed = ['office', 'doctor', 'visitType'] as const;
export type ListedSlot = (typeof listed)[number];

const idField = { office: 'officeId', doctor: 'doctorId', visitType: 'visitTypeId' } as const;

export const chosenId = (draft: Draft, slot: ListedSlot): string | undefined => draft[idField[slot]];

/** The draft with one listed slot answered; another office, doctor or kind of visit has other times. */
export const withChoice = (draft: Draft, slot: ListedSlot, id: string | undefined): Draft =>
  draft[idField[slot]] === id
    ? draft
    : { ...draft, [idField[slot]]: id, among: undefined, day: undefined, time: undefined };

/** Labels that read alike get what tells them apart, and a number where nothing does. */
function distinct(items: readonly { key: string; label: string; detail: string }[]): readonly Option[] {
  const seen = new Map<string, number>();
  return items.map(({ key, label, detail }) => {
    const isShared = items.filter((other) => other.label === label).length > 1;
    const full = isShared && detail !== '' ? `${label} (${detail})` : label;
    const count = (seen.get(full) ?? 0) + 1;
    seen.set(full, count);
    return { key, label: count === 1 ? full : `${full} ${count}` };
  });
}

/** Options for a list of the directory's, made once: the same lists come back in every turn. */
function optionsOnce<T>(itemOf: (entry: T) => { key: string; label: string; detail: string }) {
  const made = new WeakMap<readonly T[], readonly Option[]>();
  return (entries: readonly T[]): readonly Option[] => {
    const options = made.get(entries) ?? distinct(entries.map(itemOf));
    made.set(entries, options);
    return options;
  };
}

const officeOptions = optionsOnce(({ id, name, address, city }: Office) => ({
  key: id,
  label: name || city,
  detail: address,
}));
const doctorOptions = optionsOnce(({ id, name, specialty }: Doctor) => ({
  key: id,
  label: name,
  detail: specialty,
}));
const visitTypeOptions = optionsOnce(({ id, name, durationMinutes }: VisitType) => ({
  key: id,
  label: name,
  detail: `${durationMinutes} min`,
}));

/** What can be chosen for a slot, given the other answers. Visit types may be none at all. */
export async function optionsFor(
  desk: Desk,
  slot: ListedSlot,
  draft: Draft,
): Promise<Result<readonly Option[], BrowseError>> {
  const listing = { office: officesFor, doctor: doctorsFor, visitType: visitTypesFor }[slot];
  const options = await listing(desk, draft);
  if (!options.ok) return options;
  const { unwanted = [], among = [] } = draft;
  if (unwanted.length === 0 && among.length === 0) return options;
  const wanted = options.value.filter(({ key }) => !unwanted.includes(key));
  const named = wanted.filter(({ key }) => among.includes(key));
  return named.length > 0 ? ok(named) : wanted.length > 0 ? ok(wanted) : options;
}

type Listing = (desk: Desk, draft: Draft) => Promise<Result<readonly Option[], BrowseError>>;

/** All of them; where the doctor is known already, those where that doctor can be seen. */
const officesFor: Listing = async ({ useCases: { directory } }, { doctorId: doctor }) => {
  const there = doctor === undefined ? undefined : await directory.officesOf(doctorId(doctor));
  if (there?.ok === true && there.value.length > 0) return ok(officeOptions(there.value));
  const offices = await directory.offices();
  return offices.ok ? ok(officeOptions(offices.value)) : offices;
};

/** Of the office, or of the whole practice while no office is known. */
const doctorsFor: Listing = async ({ useCases: { directory } }, { officeId: office }) => {
  const doctors = await (office === undefined ? directory.doctors() : directory.doctorsAt(officeId(office)));
  if (!doctors.ok) return doctors;
  return ok(doctorOptions(doctors.value));
};

const nameKey = 'name:';

/** The doctor's; with "any doctor" the names that any doctor of the office has. What may fit a given reason comes first. */
const visitTypesFor: Listing = async ({ useCases: { directory } }, draft) => {
  const { maybeVisits = [] } = draft;
  const fits = (option: Option): number => (maybeVisits.includes(option.label) ? 0 : 1);
  const inOrder = (options: readonly Option[]): readonly Option[] =>
    maybeVisits.length === 0 ? options : options.toSorted((a, b) => fits(a) - fits(b));
  if (draft.anyDoctor === true) {
    const doctors = await directory.doctorsAt(officeId(draft.officeId ?? ''));
    if (!doctors.ok) return doctors;
    const names = new Set<string>();
    for (const { id } of doctors.value) {
      const types = await directory.visitTypesOf(id);
      if (!types.ok) return types;
      for (const { name } of types.value) names.add(name);
    }
    return ok(inOrder([...names].map((name) => ({ key: nameKey + name, label: name }))));
  }
  const types = await directory.visitTypesOf(doctorId(draft.doctorId ?? ''));
  if (!types.ok) return types;
  return ok(inOrder(visitTypeOptions(types.value)));
};

export type Settled =
  | { readonly kind: 'settled'; readonly draft: Draft }
  | {
      readonly kind: 'open';
      readonly slot: ListedSlot;
      readonly draft: Draft;
      readonly options: readonly Option[];
    }
  | { readonly kind: 'nothing'; readonly slot: ListedSlot; readonly draft: Draft }
  | { readonly kind: 'error'; readonly error: BrowseError; readonly draft: Draft };

/**
 * Fills every listed slot that has only one choice and drops answers that are on offer no more, up to the first that
 * the patient must be asked. A practice without visit types goes without one.
 */
export async function settle(desk: Desk, start: Draft): Promise<Settled> {
  let draft = start;
  for (const slot of listed) {
    if (slot === 'doctor' && draft.anyDoctor === true) continue;
    const options = await optionsFor(desk, slot, draft);
    if (!options.ok) return { kind: 'error', error: options.error, draft };
    const [only, second] = options.value;
    const chosen = slot === 'visitType' ? chosenVisit(draft, options.value) : chosenId(draft, slot);
    if (chosen !== undefined && options.value.some(({ key }) => key === chosen)) {
      if (slot === 'visitType') draft = withVisit(draft, options.value, chosen);
      continue;
    }
    if (only === undefined && slot !== 'visitType') return { kind: 'nothing', slot, draft };
    if (second !== undefined) {
      const open =
        slot === 'visitType' ? withVisit(draft, [], undefined) : withChoice(draft, slot, undefined);
      return { kind: 'open', slot, draft: open, options: options.value };
    }
    draft =
      slot === 'visitType' ? withVisit(draft, options.value, only?.key) : withChoice(draft, slot, only?.key);
  }
  return { kind: 'settled', draft };
}

/** The chosen kind of visit among these: by its id, or by its name where another doctor's has the same. */
function chosenVisit(draft: Draft, options: readonly Option[]): string | undefined {
  if (options.some(({ key }) => key === draft.visitTypeId)) return draft.visitTypeId;
  const named = options.filter(({ label }) => label === draft.visitName);
  return named.length === 1 ? named[0]?.key : undefined;
}

/** The draft with its kind of visit; the name stays known, so that another doctor's visit of that name can take its place. */
export function withVisit(draft: Draft, options: readonly Option[], key: string | undefined): Draft {
  const id = key?.startsWith(nameKey) === true ? undefined : key;
  const name = options.find((option) => option.key === key)?.label;
  if (draft.visitTypeId === id && draft.visitName === name) return draft;
  const same = draft.visitTypeId === id || (name !== undefined && draft.visitName === name);
  return {
    ...draft,
    visitTypeId: id,
    visitName: name,
    ...(name === undefined ? {} : { maybeVisits: undefined }),
    ...(same || (draft.day === undefined && draft.time === undefined)
      ? {}
      : { day: undefined, time: undefined }),
  };
}
