// What somebody with write access to the files can do, and with the key: one more line, its checksum right.
import type { KeyObject } from 'node:crypto';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Change } from '../../services/store/documents.ts';
import { encodeChanges } from '../../services/store/lines.ts';
import { sealWith } from '../../services/store/seal.ts';

/** Appends the change to the newest journal of a closed store. */
export async function forge(
  folder: string,
  change: Omit<Change, 'keys'>,
  dataKey?: KeyObject,
): Promise<void> {
  const generations = (await readdir(folder)).map((name) => Number(/^journal\.(\d+)$/.exec(name)?.[1] ?? 0));
  const path = join(folder, `journal.${Math.max(...generations)}`);
  const lines = (await readFile(path, 'latin1')).split('\n').slice(0, -1);
  const last = lines.at(-1) ?? '';
  const checksum = lines.length === 1 ? crc32(last) : Number.parseInt(last.slice(0, 8), 16);
  const seal = dataKey === undefined ? undefined : sealWith(dataKey);
  await appendFile(path, encodeChanges([{ ...change, keys: [] }], checksum, seal).bytes);
}
