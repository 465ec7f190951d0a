// Identity of the small practice that works: codes that are always 246810 where a claim is true, links, and new patients in memory.
import { fail, ok, patientId } from '../../services/domain.ts';
import type {
  ClaimError,
  ContactError,
  IdentityCases,
  NewPatient,
  RegisterError,
} from '../../services/identity-cases.ts';
import type { Claim, IdentifiedPatient, IdentifyError } from '../../services/use-cases.ts';

export interface FakeIdentity {
  /** `none`: a true claim is enough. */
  proof: 'none' | 'code';
  claimError?: ClaimError | undefined;
  identifyError?: IdentifyError | undefined;
  /** Account -> patients whose codes it has answered. */
  links: ReadonlyMap<string, readonly IdentifiedPatient[]>;
  registerError?: RegisterError | undefined;
  contactError?: ContactError | undefined;
}

export const rightCode = '246810';
const mostTries = 5;

export function fakeIdentity(
  desk: FakeIdentity,
  find: (claim: Claim) => IdentifiedPatient | undefined,
): IdentityCases & { readonly registered: readonly NewPatient[]; readonly deleted: readonly string[] } {
  const challenges = new Map<string, { readonly patient: IdentifiedPatient | undefined; tries: number }>();
  const registered: NewPatient[] = [];
  const deleted: string[] = [];
  const ask = (patient: IdentifiedPatient | undefined): string => {
    const challenge = `challenge${challenges.size + 1}`;
    challenges.set(challenge, { patient, tries: 0 });
    return challenge;
  };
  const nobody: IdentifiedPatient = { id: patientId('0'), name: '', firstName: '', preferredLanguage: '' };
  const answer = (challenge: string, code: string) => {
    const open = challenges.get(challenge);
    if (open === undefined || open.tries >= mostTries) return fail({ kind: 'code-over' } as const);
    open.tries += 1;
    if (open.patient !== undefined && code === rightCode) return ok(open.patient);
    const triesLeft = mostTries - open.tries;
    return fail(
      triesLeft === 0 ? ({ kind: 'code-over' } as const) : ({ kind: 'wrong-code', triesLeft } as const),
    );
  };
  return {
    registered,
    deleted,
    async claim(claim) {
      if (desk.claimError !== undefined) return fail(desk.claimError);
      if (desk.identifyError !== undefined) return fail(desk.identifyError);
      const patient = find(claim);
      if (desk.proof === 'none')
        return patient === undefined ? fail({ kind: 'no-match' }) : ok({ kind: 'identified', patient });
      return ok({ kind: 'code-asked', challenge: ask(patient) });
    },
    answerCode: async (challenge, code) => answer(challenge, code),
    peopleOf: async ({ account }) => desk.links.get(account ?? '') ?? [],
    async asLinked(patient, { account }) {
      const person = desk.links.get(account ?? '')?.find(({ id }) => id === patient);
      return person === undefined ? fail({ kind: 'no-match' }) : ok(person);
    },
    canIdentify: () => desk.claimError?.kind !== 'front-desk',
    canRegister: () => desk.proof === 'code',
    contactChannels: () => (desk.proof === 'code' ? ['sms', 'email'] : []),
    proveContact: async () =>
      desk.contactError === undefined ? ok({ challenge: ask(nobody) }) : fail(desk.contactError),
    async answerContactCode(challenge, code) {
      const answered = answer(challenge, code);
      return answered.ok ? ok(undefined) : answered;
    },
    async register(patient) {
      registered.push(patient);
      if (desk.registerError !== undefined) return fail(desk.registerError);
      const { firstName, lastName } = patient;
      return ok({ id: patientId('77'), name: `${firstName} ${lastName}`, firstName, preferredLanguage: '' });
    },
    ownData: async () => ({
      visits: 2,
      messages: 1,
      conversations: 1,
      links: 0,
      oldestAt: '2025-01-03T10:00:00.000Z',
    }),
    async deleteOwnData(patient) {
      deleted.push(patient);
    },
  };
}
