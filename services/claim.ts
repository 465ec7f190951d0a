// A claim becomes a question for a code: the same words, the same work and the same writes whether or not it fits a chart.
import { z } from 'zod';
import type { AccountLinks } from './account-links.ts';
import type { Audit } from './audit.ts';
import { type CodeSending, canTry } from './code-sending.ts';
import type { Codes } from './codes.ts';
import { type Chart, fail, type MessageChannel, ok, patientId } from './domain.ts';
import { type ChartSearch, createIdentify, identified } from './identify.ts';
import { fold } from './identity.ts';
import type { ClaimError, IdentityCases, Proof } from './identity-cases.ts';
import { claimCounted, claimSucceeded, codeAllowed, waitMinutes } from './identity-counts.ts';
import { type StoredChallenge, unpacked } from './identity-documents.ts';
import type { Keyed } from './keyed.ts';
import type { Clock, Json, Store } from './ports.ts';
import type { Tries } from './tries.ts';
import type { Claim, IdentifiedPatient } from './use-cases.ts';

export interface ClaimDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly keyed: Keyed;
  readonly audit: Audit;
  readonly search: ChartSearch;
  readonly tries: Tries;
  readonly codes: Codes;
  readonly sending: CodeSending;
  readonly links: AccountLinks;
  readonly proof: Proof;
  /** What NOTIFY names. */
  readonly channels: readonly MessageChannel[];
}

/** Counts are read and written under it; claims are few (IDENTITY_CALLS_PER_HOUR). */
export const countsLock = 'identity-counts';

/** One claim whatever the case, accents, and where its name divides. */
export const claimKeyOf = (keyed: Keyed, { firstName, lastName, birthDate }: Claim): string =>
  keyed('claim', fold(`${firstName} ${lastName}`).join(''), birthDate);

export function createClaim(deps: ClaimDeps): IdentityCases['claim'] {
  const { store, clock, keyed, audit, search, tries, codes, sending, links, proof, channels } = deps;
  const identify = createIdentify(search);
  const wait = async (claimId: string): Promise<ClaimError | undefined> => {
    const minutes = await waitMinutes(store, claimId, clock.now());
    return minutes === 0 ? undefined : { kind: 'wait', waitMinutes: minutes };
  };

  return async (claim, asker) => {
    if (proof === 'front-desk') return fail({ kind: 'front-desk' });
    if (proof === 'none') {
      const patient = await identify(claim, asker.conversationId);
      return patient.ok ? ok({ kind: 'identified', patient: patient.value }) : patient;
    }
    const claimId = claimKeyOf(keyed, claim);
    // An account with a chart is looked up first: a claim that others have slowed down must not stop its owner.
    const own = await links.of(asker);
    const early = own.length === 0 ? await wait(claimId) : undefined;
    if (early !== undefined) return fail(early);
    const found = await search(claim, asker.conversationId);
    if (!found.ok) return found;
    const chart = found.value;
    const link = own.find(({ patientId: id }) => id === chart?.patient.id);
    if (chart !== undefined && link !== undefined && (await links.used(link, asker))) {
      tries.takeBack(asker.conversationId);
      return ok({ kind: 'identified', patient: identified(chart.patient) });
    }

    // From here on everybody walks the same way; what has no chart behind it counts as if it were one.
    const code = codes.newCode();
    const subject = audit.pseudonym(chart?.patient.id ?? claimId);
    const reachable = chart !== undefined && channels.some((channel) => canTry(channel, chart.contact));
    const asked = await store.withLock(countsLock, async () => {
      const late = await wait(claimId);
      if (late !== undefined) return fail(late);
      const now = clock.now();
      const counted = await claimCounted(store, claimId, subject, now);
      const allowance = await codeAllowed(store, keyed('codes', subject), subject, now);
      const answerable = reachable && allowance.waitMinutes === 0;
      const { challenge, op } = codes.ask(
        {
          purpose: 'chart',
          subject,
          claim: claimId,
          code: answerable ? code : undefined,
          details: answerable ? detailsOf(chart) : null,
        },
        asker,
      );
      const entry = audit.ofIdentity('code-asked', subject, answerable ? 'code' : 'none');
      const written = await store.batch([op, counted, allowance.op, entry]);
      if (!written.ok) throw new Error(`a challenge was not written (${written.error.kind})`);
      return ok({ challenge, answerable });
    });
    if (!asked.ok) return asked;
    const { challenge, answerable } = asked.value;
    if (answerable && chart !== undefined) sending.send(code, chart.contact, subject);
    return ok({ kind: 'code-asked', challenge });
  };
}

const details = z.object({
  id: z.string().transform(patientId),
  name: z.string(),
  firstName: z.string(),
  preferredLanguage: z.string(),
});
const detailsOf = ({ patient }: Chart): Json => ({ ...identified(patient) });
const readDetails = (stored: StoredChallenge): IdentifiedPatient => details.parse(unpacked(stored));

/** The right code identifies, links the account where there is one, and takes the claim's slowing down back; its try counts against nobody. */
export function createAnswerCode({
  codes,
  links,
  tries,
  clock,
}: Pick<ClaimDeps, 'codes' | 'links' | 'tries' | 'clock'>): IdentityCases['answerCode'] {
  return async (challenge, code, asker) => {
    const answered = await codes.answer('chart', challenge, code, asker, (stored, write) =>
      links.linking(asker, readDetails(stored), (ops) =>
        write('used', [...ops, claimSucceeded(stored.claim, stored.subject, clock.now())]),
      ),
    );
    if (!answered.ok) return answered;
    tries.takeBack(asker.conversationId);
    return ok(readDetails(answered.value));
  };
}
