// The EHRs that the `EHR` setting can name, and how each is opened.
import type { Ehr } from '../ports.ts';
import { createDrchronoEhr, type DrchronoOptions } from './drchrono.ts';

/** The sandbox speaks DrChrono's protocol, so it is spoken to by the same adapter; its ids are another system's. */
export const ehrs = {
  drchrono: createDrchronoEhr,
  sandbox: (options) => createDrchronoEhr({ ...options, name: 'sandbox' }),
} as const satisfies Readonly<Record<string, (options: DrchronoOptions) => Ehr>>;
