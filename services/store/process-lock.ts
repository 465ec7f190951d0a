// One process at a time in a folder: numbered lock files that name their holder; a dead holder is taken over at once.
import { link, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../domain.ts';
import { systemCode } from './errors.ts';

const holderSchema = z.object({ pid: z.int().positive(), startTicks: z.string(), bootId: z.string() });
type Holder = z.infer<typeof holderSchema>;

let drafts = 0;

/**
 * Takes the folder, or says which live process has it. The holder is whoever the highest numbered `lock.N` names; an
 * emptied file has been let go. The next number is taken with link(2), which fails if the name exists, so of several
 * processes that find a dead holder exactly one becomes N+1. The highest file is never removed: numbers only grow, and a
 * process that was held up between looking and linking finds a higher number afterwards and steps back.
 * A process id means nothing across PID namespaces: two containers must not share the folder.
 */
export async function takeProcessLock(
  folder: string,
): Promise<Result<() => Promise<void>, { readonly pid: number }>> {
  const me = await holderOf(process.pid);
  const draft = join(folder, `lock-${process.pid}-${++drafts}.tmp`);
  await writeFile(draft, JSON.stringify(me), { mode: 0o600 });
  try {
    for (;;) {
      const top = Math.max(0, ...(await lockNumbers(folder)));
      const holder = top === 0 ? undefined : await readHolder(join(folder, `lock.${top}`));
      if (holder !== undefined && (await isAlive(holder))) return fail({ pid: holder.pid });
      const mine = join(folder, `lock.${top + 1}`);
      if (!(await linked(draft, mine))) continue;
      const numbers = await lockNumbers(folder);
      if (Math.max(...numbers) > top + 1) {
        await rm(mine, { force: true });
        continue;
      }
      for (const old of numbers) if (old <= top) await rm(join(folder, `lock.${old}`), { force: true });
      // Whatever becomes of the file: once this process ends, its lock is nobody's.
      return ok(() => truncate(mine).catch(() => undefined));
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function lockNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Who a lock file names: nobody if it was let go, or has just been replaced by a higher one. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readOptional(path);
  if (text === undefined || text === '') return undefined;
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // half a file after a power cut: its writer did not outlive it
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  const now = await holderOf(holder.pid);
  return now !== undefined && now.bootId === holder.bootId && now.startTicks === holder.startTicks;
}

/** A process as its lock names it: pid, start time (field 22 of /proc/<pid>/stat) and boot; undefined if dead or a zombie. */
async function holderOf(pid: number): Promise<Holder | undefined> {
  const bootId = await readOptional('/proc/sys/kernel/random/boot_id');
  if (bootId === undefined) return isSignalable(pid) ? { pid, startTicks: '', bootId: '' } : undefined;
  const stat = await readOptional(`/proc/${pid}/stat`);
  // The program's name (field 2) may hold spaces and brackets; fields are counted from its end.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? ['X'];
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, startTicks: fields[19] ?? '', bootId: bootId.trim() };
}

/** Without /proc (not Linux) a process is known by its number only. */
function isSignalable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}
