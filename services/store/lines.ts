// The store's lines on disk: a header, then one checksummed line for each group of changes.
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { ChainKind } from '../ports.ts';
import type { Change } from './documents.ts';
import type { Seal } from './seal.ts';

/*
 * A file is UTF-8 text: a JSON header, then lines of `checksum (TAB kind TAB id TAB version TAB document)+ LF`. Id and document are
 * JSON, in which a raw tab or line feed cannot occur; version 0 with the document `null` is a removal, of a chain's link one of all up to it. The checksum is the CRC-32 of
 * the rest of the line continued from the line before (the header starts the chain), so a line that was changed, lost,
 * moved or left over from an earlier file is found. One line is one write, and so is all there or not at all.
 * A sealed file is version 2: its header names the key, and a line is `checksum TAB sealed TAB places TAB envelope`, where places is
 * `[[kind, id, version], ...]`, authenticated with what the envelope (see seal.ts) holds: the documents, separated by line feeds.
 */

const newestVersion = 2;
export const newline = 10;
const tab = 9;
const checksumLength = 8;

const plainHeader = z.strictObject({
  format: z.literal('bookadoc-store'),
  version: z.literal(1),
  holds: z.enum(['journal', 'snapshot']),
  generation: z.int().positive(),
});
const sealedHeader = plainHeader.extend({ version: z.literal(2), sealedWith: z.string() });
const headerSchema = z.union([plainHeader, sealedHeader]);
const newerSchema = z.looseObject({
  format: z.literal('bookadoc-store'),
  version: z.int().gt(newestVersion),
});
const changeSchema = z.tuple([
  z.enum(['booking', 'conversation', 'contact', 'message', 'hold', 'token', 'audit', 'answer']),
  z.string(),
  z.int().nonnegative(),
]);

export type Holds = 'journal' | 'snapshot';

/** Bytes to write, and the checksum that the next line continues from. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly checksum: number;
}

/** `keyId`: of a file whose documents are sealed. */
export function encodeHeader(holds: Holds, generation: number, keyId: string | undefined): Encoded {
  const common = { holds, generation };
  const header: z.infer<typeof headerSchema> =
    keyId === undefined
      ? { format: 'bookadoc-store', version: 1, ...common }
      : { format: 'bookadoc-store', version: 2, ...common, sealedWith: keyId };
  const bytes = Buffer.from(`${JSON.stringify(header)}\n`);
  return { bytes, checksum: crc32(bytes.subarray(0, -1)) };
}

/** A header that is as expected: the checksum that the first line continues from, and the key that documents are sealed with. */
export interface Header {
  readonly checksum: number;
  readonly keyId: string | undefined;
}

/** The header, or why it is not the one expected here. */
export function checkHeader(line: Buffer, holds: Holds, generation: number): Header | 'newer' | 'broken' {
  const json = tryJson(line.toString());
  if (newerSchema.safeParse(json).success) return 'newer';
  const header = headerSchema.safeParse(json);
  if (!header.success || header.data.holds !== holds || header.data.generation !== generation)
    return 'broken';
  return {
    checksum: crc32(line),
    keyId: header.data.version === 2 ? header.data.sealedWith : undefined,
  };
}

export function encodeChanges(changes: Iterable<Change>, previous: number, seal?: Seal): Encoded {
  if (seal !== undefined) return encode(sealedText(changes, seal), previous);
  let text = '';
  for (const { kind, id, stored } of changes)
    text += `\t${kind}\t${JSON.stringify(id)}\t${stored?.version ?? 0}\t${stored?.json ?? 'null'}`;
  return encode(text, previous);
}

/** One envelope for the whole line: making one is what costs, not what is in it. */
function sealedText(changes: Iterable<Change>, seal: Seal): string {
  const places: z.infer<typeof changeSchema>[] = [];
  const documents: string[] = [];
  for (const { kind, id, stored } of changes) {
    places.push([kind, id, stored?.version ?? 0]);
    documents.push(stored?.json ?? 'null');
  }
  const place = JSON.stringify(places);
  return `\tsealed\t${place}\t${seal.close(documents.join('\n'), place)}`;
}

/** The last line of a snapshot, without which it is not whole. */
export function encodeEnd(count: number, previous: number): Encoded {
  return encode(`\tend\t${count}`, previous);
}

function encode(text: string, previous: number): Encoded {
  const bytes = Buffer.from(`${'0'.repeat(checksumLength)}${text}\n`);
  const checksum = crc32(bytes.subarray(checksumLength, -1), previous);
  bytes.write(checksum.toString(16).padStart(checksumLength, '0'), 'latin1');
  return { bytes, checksum };
}

/** The line's own checksum if it is the one that must follow `previous`, else undefined. */
export function checksumOf(line: Buffer, previous: number): number | undefined {
  if (line.length <= checksumLength) return undefined;
  const checksum = crc32(line.subarray(checksumLength), previous);
  return line.toString('latin1', 0, checksumLength) === checksum.toString(16).padStart(checksumLength, '0')
    ? checksum
    : undefined;
}

const longestEnd = 32;
export function endCount(line: Buffer): number | undefined {
  if (line.length > longestEnd) return undefined;
  const match = /^\tend\t(\d+)$/.exec(line.toString('latin1', checksumLength));
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The changes of a line whose checksum is right; undefined if they do not read, or do not open. Documents stay text until asked for. */
export function decodeChanges(line: Buffer, seal: Seal | undefined): readonly Change[] | undefined {
  if (seal !== undefined) return openChanges(line.toString('utf8', checksumLength), seal);
  const changes: Change[] = [];
  let at = checksumLength;
  while (at < line.length) {
    const idAt = line.indexOf(tab, at + 1) + 1;
    const versionAt = line.indexOf(tab, idAt) + 1;
    const jsonAt = line.indexOf(tab, versionAt) + 1;
    if (idAt === 0 || versionAt === 0 || jsonAt === 0) return undefined;
    const [kindText, idText = '', versionText] = line.toString('utf8', at + 1, jsonAt - 1).split('\t');
    const version = Number(versionText);
    const next = line.indexOf(tab, jsonAt);
    at = next === -1 ? line.length : next;
    // A string of its own for each document: a slice of the line would keep the whole line in memory.
    const json = line.toString('utf8', jsonAt, at);
    const parsed = changeSchema.safeParse([kindText, tryJson(idText), version]);
    if (!parsed.success || (version > 0 && !json.startsWith('{'))) return undefined;
    const [kind, id] = parsed.data;
    changes.push({ kind, id, stored: version === 0 ? undefined : { version, json }, keys: [] });
  }
  return changes;
}

function openChanges(text: string, seal: Seal): readonly Change[] | undefined {
  const [before, mark, place = '', envelope = '', ...more] = text.split('\t');
  const places = z.array(changeSchema).safeParse(tryJson(place));
  if (before !== '' || mark !== 'sealed' || more.length > 0 || !places.success) return undefined;
  const documents = seal.open(envelope, place);
  if (documents === undefined) return undefined;
  const changes: Change[] = [];
  let from = 0;
  for (const [kind, id, version] of places.data) {
    const end = documents.indexOf(newline, from);
    const to = end === -1 ? documents.length : end;
    const json = documents.toString('utf8', from, to);
    if (version > 0 && !json.startsWith('{')) return undefined;
    changes.push({ kind, id, stored: version === 0 ? undefined : { version, json }, keys: [] });
    from = to + 1;
  }
  return from === documents.length + 1 ? changes : undefined;
}

/** Whether a line has changes of the kind, without reading it: no text of a document or an id can look like this. */
export function mentions(line: Buffer, kind: ChainKind, seal: Seal | undefined): boolean {
  return line.includes(seal === undefined ? `\t${kind}\t` : `["${kind}",`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
