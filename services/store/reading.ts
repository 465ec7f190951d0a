// One of the store's files, read line by line: what it changes, how far it is whole, and exactly what is wrong if it is not.
import { join } from 'node:path';
import type { ChainKind } from '../ports.ts';
import type { Change } from './documents.ts';
import { CannotOpen } from './errors.ts';
import type { FileSystem } from './files.ts';
import {
  checkHeader,
  checksumOf,
  decodeChanges,
  endCount,
  type Header,
  type Holds,
  mentions,
  newline,
} from './lines.ts';
import type { Seal } from './seal.ts';

export interface Source {
  readonly folder: string;
  readonly files: FileSystem;
  readonly seal: Seal | undefined;
}

/** A file, or its beginning. */
export interface FilePart {
  readonly holds: Holds;
  readonly generation: number;
  readonly bytes: number;
}

/** What was read since the last time, and how far that is. A file without a whole header has `positionBytes` 0: nothing was ever in it. */
export interface Progress {
  readonly changes: readonly Change[];
  readonly positionBytes: number;
  readonly checksum: number;
  /** Without the header. */
  readonly lines: number;
  /** What follows a journal's last line, if it is an unfinished write (nobody was told that it is there): what is wrong with it. */
  readonly torn: CannotOpen | undefined;
  readonly isPlain: boolean;
}

export const nothingRead: Progress = {
  changes: [],
  positionBytes: 0,
  checksum: 0,
  lines: 0,
  torn: undefined,
  isPlain: false,
};

/**
 * Reads as many bytes of a file as `part` says, chunk by chunk; of one kind only, if it is named. The last `Progress` is how far
 * it reads in all. Throws CannotOpen.
 */
export async function* readPart(
  source: Source,
  part: FilePart,
  only?: ChainKind,
  chunksOf: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer> = (chunks) => chunks,
): AsyncGenerator<Progress> {
  const { holds, generation } = part;
  const name = `${holds}.${generation}`;
  let seal: Seal | undefined;
  let { positionBytes, checksum, lines } = nothingRead;
  let count = 0;
  let ended = false;
  let broken: CannotOpen | undefined;
  const progress = (changes: readonly Change[]): Progress => ({
    changes,
    positionBytes,
    checksum,
    lines,
    torn: broken,
    isPlain: seal === undefined && positionBytes > 0,
  });

  for await (const group of linesOf(chunksOf(source.files.read(join(source.folder, name))))) {
    const found: Change[] = [];
    for (const { bytes: line, number, nextAt, isWhole } of group) {
      if (nextAt > part.bytes) continue;
      // Only a broken line with nothing after it can be an unfinished write.
      if (broken !== undefined) throw broken;
      const header = number === 1 && isWhole ? headerOf(name, line, part) : undefined;
      const next =
        number === 1 ? header?.checksum : isWhole && !ended ? checksumOf(line, checksum) : undefined;
      if (next === undefined) {
        broken = damaged(name, number);
        continue;
      }
      checksum = next;
      positionBytes = nextAt;
      if (header !== undefined) {
        seal = sealOf(name, header, source);
        continue;
      }
      lines += 1;
      if (holds === 'snapshot' && isEnd(line, only === undefined ? count : undefined)) {
        ended = true;
        continue;
      }
      if (only !== undefined && !mentions(line, only, seal)) continue;
      const changes = decodeChanges(line, seal);
      if (changes === undefined) throw damaged(name, number);
      count += changes.length;
      for (const change of changes) if (only === undefined || change.kind === only) found.push(change);
    }
    yield progress(found);
  }
  if (holds === 'snapshot' && (broken !== undefined || !ended))
    throw broken ?? damaged(name, positionBytes === 0 ? 1 : lines + 2);
  yield progress([]);
}

/** A snapshot's last line; `count`: of what came before it, if that is known. */
function isEnd(line: Buffer, count: number | undefined): boolean {
  const said = endCount(line);
  return said !== undefined && (count === undefined || said === count);
}

/** The header, or undefined if it is not one of ours. */
function headerOf(name: string, line: Buffer, { holds, generation }: FilePart): Header | undefined {
  const checked = checkHeader(line, holds, generation);
  if (checked === 'newer')
    throw new CannotOpen(
      'newer-format',
      `The store's file ${name} was written by a newer Bookadoc: start that version, or restore a backup.`,
    );
  return checked === 'broken' ? undefined : checked;
}

/** What opens the file's documents; undefined where they are plain. */
function sealOf(name: string, { keyId }: Header, { seal }: Source): Seal | undefined {
  if (keyId === undefined) return undefined;
  if (seal === undefined)
    throw new CannotOpen('key', `The store's file ${name} is sealed: set DATA_KEY to the key ${keyId}.`);
  if (seal.keyId !== keyId)
    throw new CannotOpen(
      'key',
      `The store's file ${name} is sealed with the key ${keyId}, but DATA_KEY is the key ${seal.keyId}.`,
    );
  return seal;
}

export function damaged(name: string, line: number): CannotOpen {
  return new CannotOpen(
    'damaged',
    `The store's file ${name} is unreadable at line ${line}: restore the folder from a backup.`,
  );
}

interface Line {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** Where the next one starts. */
  readonly nextAt: number;
  /** The last one may lack its end. */
  readonly isWhole: boolean;
}

/** The lines of each chunk that end in it, and at last what has no end. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[]> {
  let rest: Buffer[] = [];
  let number = 0;
  let nextAt = 0;
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      const part = chunk.subarray(from, end);
      const bytes = rest.length === 0 ? part : Buffer.concat([...rest, part]);
      rest = [];
      from = end + 1;
      number += 1;
      nextAt += bytes.length + 1;
      lines.push({ bytes, number, nextAt, isWhole: true });
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    yield lines;
  }
  if (rest.length === 0) return;
  const bytes = Buffer.concat(rest);
  yield [{ bytes, number: number + 1, nextAt: nextAt + bytes.length, isWhole: false }];
}
