// Accounts that have answered a chart's code: a phone number may stand for several people, a Teams identity for one chart, once.
import type { Audit } from './audit.ts';
import { fail, ok, type PatientId } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import { identified } from './identify.ts';
import type { Account, Asker, IdentityCases } from './identity-cases.ts';
import { exactly, type Link, readLink } from './identity-documents.ts';
import type { Keyed } from './keyed.ts';
import type { Clock, Ehr, Store, StoreOp } from './ports.ts';
import { instantAt, msOf } from './wall-time.ts';

const dayMs = 86_400_000;

export interface AccountLinksDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly keyed: Keyed;
  readonly audit: Audit;
  readonly ehr: Pick<Ehr, 'patient'>;
}

/** Whom a right code has proven. */
interface Person {
  readonly id: PatientId;
  readonly firstName: string;
}

export interface AccountLinks {
  of(asker: Asker): Promise<readonly Link[]>;
  /** Runs `write` with what links the asker's account to the patient: nothing without an account, or where this one may not. */
  linking<T>(asker: Asker, person: Person, write: (ops: readonly StoreOp[]) => Promise<T>): Promise<T>;
  /** The link identifies somebody again: it is audited, and kept on. False: it was deleted meanwhile, and identifies nobody. */
  used(link: Link, asker: Asker): Promise<boolean>;
}

/** Several people have one telephone; a person of the tenant has one chart. */
const standsForMany = (account: Account): boolean => account.startsWith('sms|');

/** As the audit trail has it: which account it was is not told. */
const wayOf = (account: Account = ''): 'sms' | 'once' => (standsForMany(account) ? 'sms' : 'once');

export function createAccountLinks({
  store,
  clock,
  keyed,
  audit,
}: Omit<AccountLinksDeps, 'ehr'>): AccountLinks {
  const hashOf = (account: Account): string => keyed('account', account);
  const idOf = (account: string, patient: PatientId): string => keyed('link', account, patient);
  const linksOf = async (account: string): Promise<readonly Link[]> =>
    (await store.list('contact', 'account', exactly(account)))
      .map(readLink)
      .toSorted((a, b) => (a.linkedAt < b.linkedAt ? -1 : 1));
  const put = (link: Link): StoreOp => ({
    op: 'put',
    kind: 'contact',
    id: idOf(link.account, link.patientId),
    document: { ...link },
  });

  return {
    of: async ({ account }) => (account === undefined ? [] : linksOf(hashOf(account))),
    async linking({ account: name }, { id: patientId, firstName }, write) {
      if (name === undefined) return write([]);
      const account = hashOf(name);
      return store.withLock(`account|${account}`, async () => {
        const links = await linksOf(account);
        const isKnown = links.some((link) => link.patientId === patientId);
        if (isKnown || (links.length > 0 && !standsForMany(name))) return write([]);
        const linkedAt = instantAt(clock.now());
        return write([
          put({ account, patientId, firstName, linkedAt, usedAt: linkedAt }),
          audit.ofIdentity('linked', audit.pseudonym(patientId), wayOf(name)),
        ]);
      });
    },
    used: (link, asker) =>
      store.withLock(`account|${link.account}`, async () => {
        const { account, patientId } = link;
        const id = idOf(account, patientId);
        const found = await store.get('contact', id);
        if (found === undefined) return false;
        const isKept = clock.now() - msOf(link.usedAt) < dayMs;
        const document = { ...link, usedAt: instantAt(clock.now()) };
        const keep: StoreOp = {
          op: 'replace',
          kind: 'contact',
          id,
          document,
          expectedVersion: found.version,
        };
        const entry = audit.ofIdentity('known-by-account', audit.pseudonym(patientId), wayOf(asker.account));
        return (await store.batch([...(isKept ? [] : [keep]), entry])).ok;
      }),
  };
}

/** `peopleOf` and `asLinked`: the chart is read again each time, so that one that was closed identifies nobody. */
export function createLinkedPeople(
  links: AccountLinks,
  ehr: Pick<Ehr, 'patient'>,
): Pick<IdentityCases, 'peopleOf' | 'asLinked'> {
  return {
    async peopleOf(asker) {
      return (await links.of(asker)).map(({ patientId: id, firstName }) => ({ id, firstName }));
    },
    async asLinked(patient, asker) {
      const link = (await links.of(asker)).find(({ patientId }) => patientId === patient);
      if (link === undefined) return fail({ kind: 'no-match' });
      const chart = await ehr.patient(patient, 'browsing');
      if (!chart.ok)
        return fail(chart.error.kind === 'not-found' ? { kind: 'no-match' } : failureOf(chart.error));
      if (!chart.value.active) return fail({ kind: 'no-match' });
      return (await links.used(link, asker)) ? ok(identified(chart.value)) : fail({ kind: 'no-match' });
    },
  };
}
