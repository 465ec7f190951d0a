// A chain's links, read from the files that they are in while the store writes on.
import { setImmediate as nextRound } from 'node:timers/promises';
import type { ChainKind } from '../ports.ts';
import { type Chain, isKept } from './chain.ts';
import type { Change } from './documents.ts';
import { CannotOpen, StoreUnavailable, systemCode } from './errors.ts';
import { damaged, type FilePart, nothingRead, readPart, type Source } from './reading.ts';

/** Small enough that reading it does not hold up a turn. */
const sliceBytes = 128 * 1024;

/** The links that the files hold and the chain does not know to be cut off, a few at a time, in the order of the files. Throws CannotOpen. */
export async function* linksIn(
  source: Source,
  parts: readonly FilePart[],
  kind: ChainKind,
  chain: Chain,
): AsyncGenerator<readonly Change[]> {
  for (const part of parts) {
    let end = nothingRead;
    for await (end of readPart(source, part, kind, slices)) {
      const links = end.changes.filter(({ id, stored }) => stored !== undefined && isKept(chain, id));
      if (links.length > 0) yield links;
    }
    // Its whole length was on disk once: what does not read now has gone bad since.
    if (end.positionBytes !== part.bytes)
      throw end.torn ?? damaged(`${part.holds}.${part.generation}`, end.lines + 2);
  }
}

async function* slices(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      yield chunk.subarray(at, at + sliceBytes);
      await nextRound();
    }
}

/** Who reads files that a compaction would remove. */
export interface Readers {
  /** Passes on what `begin` reads, once it is asked for. Throws StoreUnavailable. */
  read<T>(begin: () => AsyncIterable<T>): AsyncGenerator<T>;
  /** Resolves when those who read now have ended. */
  ended(): Promise<void>;
  /** Waits for nobody any more. */
  letGo(): void;
}

export function createReaders(): Readers {
  const reading = new Set<PromiseWithResolvers<void>>();
  return {
    async *read(begin) {
      const me = Promise.withResolvers<void>();
      reading.add(me);
      try {
        yield* begin();
      } catch (error) {
        throw new StoreUnavailable(
          error instanceof CannotOpen ? error.message : `the store cannot be read (${systemCode(error)})`,
        );
      } finally {
        reading.delete(me);
        me.resolve();
      }
    },
    async ended() {
      await Promise.all(Array.from(reading, ({ promise }) => promise));
    },
    letGo() {
      for (const { resolve } of reading) resolve();
    },
  };
}
