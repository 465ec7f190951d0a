// A chain of documents: each has a place, which is its id, and holds the hash of the one before it.
import { hash } from 'node:crypto';
import type { ChainKind, Document, Kind } from '../ports.ts';
import type { Stored } from './documents.ts';

/** All that memory holds of a chain: where it begins, and where the next link joins. */
export interface Chain {
  /** The last place that was cut off; 0 if none was. */
  readonly cutThrough: number;
  /** The last link's place, and what the next one will hold as `previous`. */
  readonly place: number;
  readonly hash: string;
}

export const emptyChain: Chain = { cutThrough: 0, place: 0, hash: '' };

/** Ids that sort as the numbers they are. */
const placeDigits = 12;
const isPlace = /^\d{12}$/;

/** The fields of a link that are the store's to write. */
const ownField = 'previous';

export const isChain = (kind: Kind | ChainKind): kind is ChainKind => kind === 'audit';

export function assertLinkable(document: Document): void {
  if (ownField in document) throw new TypeError(`the field "${ownField}" of a link is the store's`);
}

/** The next link's id and text, and the chain with it. `json` is the document's own. */
export function linkAfter(
  chain: Chain,
  json: string,
): { readonly id: string; readonly json: string; readonly previous: string; readonly chain: Chain } {
  const place = chain.place + 1;
  const id = String(place).padStart(placeDigits, '0');
  const previous = chain.hash;
  const rest = json === '{}' ? '}' : `,${json.slice(1)}`;
  const linked = `{"${ownField}":"${previous}"${rest}`;
  return { id, json: linked, previous, chain: { ...chain, place, hash: hashOf(id, linked) } };
}

/** The chain without its links up to `through`; undefined if that is none of them, or the last. */
export function cutOff(chain: Chain, through: string): Chain | undefined {
  const cutThrough = isPlace.test(through) ? Number(through) : 0;
  return chain.cutThrough < cutThrough && cutThrough < chain.place ? { ...chain, cutThrough } : undefined;
}

/** Whether a link is still in the chain. One that has no place was never put there by the store: it is for others to judge. */
export const isKept = ({ cutThrough }: Chain, id: string): boolean => !(Number(id) <= cutThrough);

/** Takes a chain's changes in the order in which they are on disk; a hash is made of the last link alone. */
export interface ChainReader {
  add(id: string, stored: Stored | undefined): void;
  chain(): Chain;
}

export function chainReader(): ChainReader {
  let cutThrough = 0;
  let last: { readonly id: string; readonly json: string } | undefined;
  return {
    add(id, stored) {
      if (!isPlace.test(id)) return;
      const isFirst = last === undefined && stored !== undefined;
      // What was cut off before the newest snapshot is in no file.
      if (stored === undefined || isFirst) cutThrough = Math.max(cutThrough, Number(id) - (isFirst ? 1 : 0));
      if (stored !== undefined && (last === undefined || id >= last.id)) last = { id, json: stored.json };
    },
    chain: () =>
      last === undefined
        ? { ...emptyChain, cutThrough }
        : { cutThrough, place: Number(last.id), hash: hashOf(last.id, last.json) },
  };
}

const hashOf = (id: string, json: string): string => hash('sha256', `${id} ${json}`, 'base64url');
