// A disk in memory that forgets at a power cut whatever was not synced, and fails when told to.
import { basename } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import type { FileSystem, StoreFile } from '../../services/store/files.ts';

/** Whole numbers from 0 up to, not including, `below`; the same ones for the same seed (mulberry32). */
export type Random = (below: number) => number;
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** What a crash leaves: all that was written (the process is killed), only what was synced, or that and some of the rest. */
export type Crash = 'kill' | 'power, unsynced lost' | 'power, unsynced half kept';
export type Operation = 'create' | 'write' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncFolder';

interface Inode {
  live: Buffer;
  durable: Buffer;
}
/** A name given or taken away; a rename is one of these with both names. */
type NameChange = readonly (readonly [name: string, inode: Inode | undefined])[];

export interface FaultyDisk {
  readonly files: FileSystem;
  /** The machine stops in the middle of the operation that is `operations` away; `died` then resolves and nothing ever answers again. */
  crashAfter(operations: number): Promise<void>;
  /** What the next process finds. */
  restart(crash: Crash): void;
  /** The code with which an operation on a file of that name fails, if it does; asked before each. */
  fault: (operation: Operation, name: string) => string | undefined;
  text(name: string): string | undefined;
  names(): readonly string[];
}

const blockBytes = 64;

export function faultyDisk(random: Random): FaultyDisk {
  let names = new Map<string, Inode>();
  let durableNames = new Map<string, Inode>();
  let nameChanges: NameChange[] = [];
  let remaining = Number.POSITIVE_INFINITY;
  let life = 0;
  let die: () => void = () => undefined;

  /** Does the operation, in part if the machine stops in it, whole if not; processes of earlier lives wait for ever. */
  const operate = async (
    born: number,
    operation: Operation,
    name: string,
    whole: () => void,
    part: () => void = () => undefined,
  ): Promise<void> => {
    if (random(4) === 0) await nextRound();
    if (born !== life || remaining <= 0) return forever();
    remaining -= 1;
    const code = disk.fault(operation, name);
    if (remaining <= 0 || code !== undefined) part();
    if (remaining <= 0) {
      die();
      return forever();
    }
    if (code !== undefined) throw Object.assign(new Error('fault'), { code });
    whole();
  };

  const rename = (changes: NameChange): void => {
    nameChanges.push(changes);
    apply(names, changes);
  };

  const fileOf = (born: number, name: string, inode: Inode): StoreFile => ({
    async writeThrough(bytes, position) {
      await this.write(bytes, position);
      await this.sync();
    },
    write: (bytes, position) =>
      operate(
        born,
        'write',
        name,
        () => overwrite(inode, bytes, position),
        () => overwrite(inode, bytes.subarray(0, random(bytes.length)), position),
      ),
    sync: () =>
      operate(born, 'sync', name, () => {
        inode.durable = inode.live;
      }),
    truncate: (length) =>
      operate(born, 'truncate', name, () => {
        inode.live = inode.live.subarray(0, length);
      }),
    close: async () => undefined,
  });

  const filesOf = (born: number): FileSystem => ({
    makeFolder: async () => undefined,
    names: async () => [...names.keys()],
    async *read(path) {
      const { live } = found(names, path);
      const middle = random(live.length + 1);
      yield live.subarray(0, middle);
      yield live.subarray(middle);
    },
    open: async (path) => fileOf(born, basename(path), found(names, path)),
    async create(path) {
      const name = basename(path);
      await operate(born, 'create', name, () => {
        const old = names.get(name);
        if (old === undefined) rename([[name, { live: Buffer.alloc(0), durable: Buffer.alloc(0) }]]);
        else old.live = Buffer.alloc(0);
      });
      return fileOf(born, name, found(names, path));
    },
    rename: (from, to) =>
      operate(born, 'rename', basename(to), () =>
        rename([
          [basename(to), found(names, from)],
          [basename(from), undefined],
        ]),
      ),
    remove: (path) => operate(born, 'remove', basename(path), () => rename([[basename(path), undefined]])),
    syncFolder: (folder) =>
      operate(born, 'syncFolder', folder, () => {
        durableNames = new Map(names);
        nameChanges = [];
      }),
    lock: async () => ({ ok: true, value: async () => undefined }),
  });

  const disk: FaultyDisk = {
    get files() {
      return filesOf(life);
    },
    crashAfter(operations) {
      remaining = operations;
      return new Promise((resolve) => {
        die = resolve;
      });
    },
    restart(crash) {
      life += 1;
      remaining = Number.POSITIVE_INFINITY;
      if (crash === 'kill') return;
      const keepSome = crash === 'power, unsynced half kept';
      for (const inode of new Set([...names.values(), ...durableNames.values()])) {
        inode.live = keepSome ? halfKept(inode, random) : inode.durable;
        inode.durable = inode.live;
      }
      if (keepSome) for (const changes of nameChanges) if (random(2) === 0) apply(durableNames, changes);
      names = new Map(durableNames);
      nameChanges = [];
    },
    fault: () => undefined,
    text: (name) => names.get(name)?.live.toString(),
    names: () => [...names.keys()].sort(),
  };
  return disk;
}

const forever = (): Promise<never> => new Promise(() => undefined);

function overwrite(inode: Inode, bytes: Buffer, position: number): void {
  const gap = Buffer.alloc(Math.max(0, position - inode.live.length));
  inode.live = Buffer.concat([
    inode.live.subarray(0, position),
    gap,
    bytes,
    inode.live.subarray(position + bytes.length),
  ]);
}

/** The file at its new length, its old one or between; each block as it was written, or as it was before (zero past the old end). */
function halfKept({ live, durable }: Inode, random: Random): Buffer {
  const lengths = [live.length, durable.length];
  const least = Math.min(...lengths);
  const between = least + random(Math.max(...lengths) - least + 1);
  const kept = Buffer.alloc([...lengths, between][random(3)] ?? 0);
  for (let at = 0; at < kept.length; at += blockBytes)
    kept.set((random(2) === 0 ? live : durable).subarray(at, Math.min(at + blockBytes, kept.length)), at);
  return kept;
}

function apply(names: Map<string, Inode>, changes: NameChange): void {
  for (const [name, inode] of changes)
    if (inode === undefined) names.delete(name);
    else names.set(name, inode);
}

function found(names: ReadonlyMap<string, Inode>, path: string): Inode {
  const inode = names.get(basename(path));
  if (inode === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
  return inode;
}
