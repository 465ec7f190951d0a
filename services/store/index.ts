// The stores by the name that the setting STORE has for them.
import { openJsonStore } from './json.ts';

/** Each opens a store that fulfils the contract of the port, or says in a sentence why it cannot. */
export const storeFactories = { json: openJsonStore } as const;
