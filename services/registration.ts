// Use case: a new patient's chart, created once or not at all. Whoever may be on file already goes to the front desk.
import type { AccountLinks } from './account-links.ts';
import { type ClaimDeps, claimKeyOf } from './claim.ts';
import { type DoctorId, fail, type NewChart, ok, type PatientId, type Result } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Asker, IdentityCases, NewPatient, RegisterError } from './identity-cases.ts';
import { type Registration, readRegistration } from './identity-documents.ts';
import type { Keyed } from './keyed.ts';
import { isExactly, isNear } from './near-match.ts';
import { isContactOf, type ProvenContact, readProven } from './new-contact.ts';
import type { Clock, Ehr, EhrError, StoreOp } from './ports.ts';
import type { Claim, Directory, IdentifiedPatient } from './use-cases.ts';
import { instantAt, msOf } from './wall-time.ts';

/** Lists lag writes by some seconds. */
const lagMs = 2_000;
/** What was sent for a person is remembered so long: who registers anew meanwhile is looked up, not created. */
const rememberedMs = 24 * 3_600_000;
/** The outcome of a create is open: the chart may be there. */
const leavesOpen: ReadonlySet<EhrError['kind']> = new Set(['unknown', 'unexpected']);

export interface RegistrationDeps extends Pick<ClaimDeps, 'store' | 'keyed' | 'audit' | 'codes'> {
  readonly ehr: Pick<Ehr, 'patientsBornOn' | 'createPatient'>;
  readonly clock: Clock;
  readonly directory: Pick<Directory, 'doctors'>;
  readonly links: AccountLinks;
}

/** Of the document that says what was sent for this person. */
export const registrationIdOf = (keyed: Keyed, claim: Claim): string =>
  keyed('registration', claimKeyOf(keyed, claim));

type Registered = Result<IdentifiedPatient, RegisterError>;

interface Attempt extends RegistrationDeps {
  readonly patient: NewPatient;
  readonly asker: Asker;
  readonly contact: ProvenContact;
  readonly id: string;
}

/**
 * | what is known                          | what happens                                             |
 * |----------------------------------------|----------------------------------------------------------|
 * | the contact is not proven, or its proof was used for another person | `code-over`                 |
 * | a chart like this, or too near         | `front-desk`; the proof is used up                       |
 * | nothing of the kind                    | the intent is on disk, bound to the proof; then one POST |
 * | created                                | that patient, however often it is asked                  |
 * | the EHR knows a duplicate              | `front-desk`                                             |
 * | surely not created                     | the error; the same person may be tried again            |
 * | nobody knows (also after a crash)      | one search: this name with this contact is it, else `unsure` |
 */
export function createRegister(deps: RegistrationDeps): IdentityCases['register'] {
  const { store, clock, keyed, codes } = deps;
  return (patient, challenge, asker) =>
    codes.withChallenge(asker, async (): Promise<Registered> => {
      const current = await codes.current('contact', challenge, asker);
      if (current?.stored.state !== 'proven') return fail({ kind: 'code-over' });
      const { stored, becomes } = current;
      const id = registrationIdOf(keyed, patient);
      if (stored.claim !== '' && stored.claim !== id) return fail({ kind: 'code-over' });
      const attempt: Attempt = { ...deps, patient, asker, contact: readProven(stored), id };
      return store.withLock(`registration|${id}`, async (): Promise<Registered> => {
        const found = await store.get('token', id);
        const before = found === undefined ? undefined : readRegistration(found);
        if (before?.challenge === stored.challenge) return settle(attempt, before);
        // Somebody else's registration of this person: what it led to is not told.
        const isTaken = before !== undefined && clock.now() < msOf(before.endsAt);
        const isOnFile = isTaken ? ok(true) : await someoneNear(attempt);
        if (!isOnFile.ok) return isOnFile;
        if (isOnFile.value) {
          await write(deps, [becomes({ state: 'used' }), ...notRegistered(attempt, 'front-desk')]);
          return fail({ kind: 'front-desk' });
        }
        const doctor = await doctorFor(attempt);
        if (!doctor.ok) return doctor;
        const intent: Registration = {
          what: 'registration',
          challenge: stored.challenge,
          subject: '',
          endsAt: instantAt(clock.now() + rememberedMs),
        };
        await write(deps, [becomes({ claim: id }), put(id, intent)]);
        return create(attempt, intent, doctor.value);
      });
    });
}

async function someoneNear({ ehr, patient }: Attempt): Promise<Result<boolean, RegisterError>> {
  const charts = await ehr.patientsBornOn(patient.birthDate, 'booking');
  if (!charts.ok) return fail(failureOf(charts.error));
  return ok(charts.value.some((chart) => isNear(patient, chart.patient)));
}

/** Whose patient it becomes: as asked, or the practice's first bookable doctor. */
async function doctorFor({ directory, patient }: Attempt): Promise<Result<DoctorId, RegisterError>> {
  if (patient.doctorId !== undefined) return ok(patient.doctorId);
  const doctors = await directory.doctors();
  if (!doctors.ok)
    return fail(doctors.error.kind === 'outside-policy' ? { kind: 'front-desk' } : doctors.error);
  const [first] = doctors.value;
  return first === undefined ? fail({ kind: 'front-desk' }) : ok(first.id);
}

/** The one POST of an intent that is on disk. */
async function create(attempt: Attempt, intent: Registration, doctorId: DoctorId): Promise<Registered> {
  const { ehr, clock, patient, contact, id } = attempt;
  const { firstName, lastName, birthDate, gender, preferredLanguage } = patient;
  const chart: NewChart = {
    ...{ firstName, lastName, birthDate, gender, doctorId, contact },
    ...(preferredLanguage === undefined ? {} : { preferredLanguage }),
  };
  const created = await ehr.createPatient(chart);
  if (created.ok) return keep(attempt, intent, created.value.id);
  if (leavesOpen.has(created.error.kind)) {
    await clock.sleep(lagMs);
    return settle(attempt, intent);
  }
  const isDuplicate = created.error.kind === 'conflict';
  const outcome = isDuplicate ? 'front-desk' : created.error.kind;
  await write(attempt, [{ op: 'remove', kind: 'token', id }, ...notRegistered(attempt, outcome)]);
  return fail(isDuplicate ? { kind: 'front-desk' } : failureOf(created.error));
}

/** What became of a create that was sent: known, found now, or not to be known. */
async function settle(attempt: Attempt, sent: Registration): Promise<Registered> {
  const { ehr, patient, contact } = attempt;
  if (sent.patientId !== undefined) return ok(identifiedAs(patient, sent.patientId));
  const charts = await ehr.patientsBornOn(patient.birthDate, 'booking');
  const [found, ...others] = charts.ok
    ? charts.value.filter((chart) => isExactly(patient, chart.patient) && isContactOf(contact, chart.contact))
    : [];
  if (found !== undefined && others.length === 0) return keep(attempt, sent, found.patient.id);
  await write(attempt, notRegistered(attempt, 'unsure'));
  return fail({ kind: 'unsure' });
}

/** Writes down which chart it is, and links the account. */
async function keep(attempt: Attempt, sent: Registration, patientId: PatientId): Promise<Registered> {
  const { audit, links, patient, asker, id } = attempt;
  const subject = audit.pseudonym(patientId);
  const known = [put(id, { ...sent, patientId, subject }), audit.ofIdentity('registered', subject)];
  const person = identifiedAs(patient, patientId);
  await links.linking(asker, person, (ops) => write(attempt, [...known, ...ops]));
  return ok(person);
}

const identifiedAs = (patient: NewPatient, id: PatientId): IdentifiedPatient => ({
  id,
  name: `${patient.firstName} ${patient.lastName}`,
  firstName: patient.firstName,
  preferredLanguage: patient.preferredLanguage ?? '',
});

const put = (id: string, document: Registration): StoreOp => ({
  op: 'put',
  kind: 'token',
  id,
  document: { ...document },
});

const notRegistered = ({ audit, id }: Attempt, outcome: string): readonly StoreOp[] => [
  audit.ofIdentity('not-registered', audit.pseudonym(id), outcome),
];

async function write({ store }: Pick<RegistrationDeps, 'store'>, ops: readonly StoreOp[]): Promise<void> {
  const written = await store.batch(ops);
  if (!written.ok) throw new Error(`a registration was not written (${written.error.kind})`);
}
