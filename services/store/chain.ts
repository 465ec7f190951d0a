// A chain of documents: each has a place, which is its id, and holds the hash of the one before it.
import { hash } from 'node:crypto';
import type { Document } from '../ports.ts';
import type { Stored } from './documents.ts';

/** The last link: its place, and what the next one will hold as `previous`. */
export interface ChainEnd {
  readonly place: number;
  readonly hash: string;
}

/** Ids that sort as the numbers they are. */
const placeDigits = 12;
const isPlace = /^\d{12}$/;

/** The fields of a link that are the store's to write. */
const ownField = 'previous';

export function assertLinkable(document: Document): void {
  if (ownField in document) throw new TypeError(`the field "${ownField}" of a link is the store's`);
}

/** The next link's id and text, and the end of the chain with it. `json` is the document's own. */
export function linkAfter(
  { place, hash: previous }: ChainEnd,
  json: string,
): { readonly id: string; readonly json: string; readonly previous: string; readonly end: ChainEnd } {
  const id = String(place + 1).padStart(placeDigits, '0');
  const rest = json === '{}' ? '}' : `,${json.slice(1)}`;
  const linked = `{"${ownField}":"${previous}"${rest}`;
  return { id, json: linked, previous, end: { place: place + 1, hash: hashOf(id, linked) } };
}

/** The chain's end as the documents of its kind have it; places that were removed from its beginning do not matter. */
export function endOf(table: Iterable<readonly [string, Stored]>): ChainEnd {
  let last: readonly [string, Stored] | undefined;
  for (const entry of table)
    if (isPlace.test(entry[0]) && (last === undefined || entry[0] > last[0])) last = entry;
  return last === undefined
    ? { place: 0, hash: '' }
    : { place: Number(last[0]), hash: hashOf(last[0], last[1].json) };
}

const hashOf = (id: string, json: string): string => hash('sha256', `${id} ${json}`, 'base64url');
