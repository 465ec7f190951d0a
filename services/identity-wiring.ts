// Puts the use cases of identity together: claims and codes, linked accounts, registration, and a patient's own data.
import { createAccountLinks, createLinkedPeople } from './account-links.ts';
import type { Audit } from './audit.ts';
import { type ClaimDeps, createAnswerCode, createClaim } from './claim.ts';
import { type CodeSending, createCodeSending } from './code-sending.ts';
import { createCodes } from './codes.ts';
import type { MessageChannel } from './domain.ts';
import { createChartSearch, type IdentifySettings } from './identify.ts';
import type { IdentityCases, Proof } from './identity-cases.ts';
import { createIdentityKeyed } from './keyed.ts';
import { createProveContact } from './new-contact.ts';
import { deletePatientData, showPatientData } from './patient-data.ts';
import type { Clock, Ehr, Ids, Log, Notifier, Store } from './ports.ts';
import { createRegister } from './registration.ts';
import { createTries } from './tries.ts';
import type { Directory } from './use-cases.ts';

export interface IdentitySettings extends IdentifySettings {
  readonly proof: Proof;
  readonly notify: { readonly channels: readonly MessageChannel[] };
}

export interface IdentityWiring {
  readonly ehr: Ehr;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly audit: Audit;
  readonly directory: Directory;
  /** Codes and accounts are stored under hashes that it keys. */
  readonly secret: string;
  readonly notifiers?: () => Promise<readonly Notifier[]>;
  readonly settings: IdentitySettings;
}

export function createIdentityCases(wiring: IdentityWiring): {
  readonly cases: IdentityCases;
  readonly sending: CodeSending;
} {
  const { ehr, store, clock, audit, settings } = wiring;
  const { proof, notify, identityCallsPerHour } = settings;
  const keyed = createIdentityKeyed(wiring.secret);
  const tries = createTries(clock, identityCallsPerHour);
  const search = createChartSearch(ehr, tries);
  const { notifiers = async () => [] } = wiring;
  const sending = createCodeSending({ ...wiring, notifiers });
  const links = createAccountLinks({ store, clock, keyed, audit });
  const deps: ClaimDeps & { readonly clock: Clock } = {
    ...{ store, clock, keyed, audit, search, tries, sending, links, proof },
    channels: notify.channels,
    codes: createCodes({ ...wiring, keyed }),
  };
  return {
    sending,
    cases: {
      canIdentify: () => proof !== 'front-desk',
      claim: createClaim(deps),
      answerCode: createAnswerCode(deps),
      ...createLinkedPeople(links, ehr),
      ...createProveContact(deps, createTries(clock, identityCallsPerHour)),
      register: createRegister({ ...deps, ehr, directory: wiring.directory }),
      ownData: (patient) => showPatientData({ store, audit, keyed }, patient),
      async deleteOwnData(patient) {
        await deletePatientData({ store, audit, keyed }, patient, 'patient');
      },
    },
  };
}
