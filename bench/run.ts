// `npm run bench`: measures everything that was promised, prints the table, and writes RESULTS.md and results.json.
// --only a,b  some of the parts: a turns, b EHR calls, c store, d memory, e start, f understanding, g the record (prints, writes nothing)
// --quick     few rounds, to try it (prints, writes nothing)      --profile DIR  CPU profiles of both bots of part a
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countCalls } from './calls.ts';
import { measureMemory } from './memory.ts';
import { measureRecord } from './record.ts';
import { markdown } from './report.ts';
import type { Finding } from './results.ts';
import { measureStart } from './startup.ts';
import { benchStore } from './store.ts';
import { storeFinding } from './store-findings.ts';
import { measureTurns } from './turns.ts';
import { measureUnderstanding } from './understand.ts';

const everyPart = 'a,b,c,d,e,f,g';
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: everyPart },
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const { only, quick, profile } = values;

const folder = mkdtempSync(join(tmpdir(), 'bookadoc-bench-'));
const folderFor = (part: string): string => mkdtempSync(join(folder, `${part}-`));
const parts: Readonly<Record<string, () => Promise<readonly Finding[]>>> = {
  a: () =>
    measureTurns({
      folder: folderFor('turns'),
      rounds: quick ? 3 : 15,
      conversations: 48,
      execArgv: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
    }),
  b: () => countCalls(folderFor('calls')),
  c: async () => (await benchStore(quick ? 3 : 15)).map(storeFinding),
  d: () => measureMemory(folderFor('memory'), quick ? 1_000 : 10_000),
  e: () => measureStart(folderFor('start'), quick ? 3 : 15),
  f: async () => measureUnderstanding(quick ? 3 : 15),
  g: () => measureRecord(folderFor('record'), quick ? 3 : 15),
};

const startedAt = performance.now();
const findings: Finding[] = [];
for (const part of only.split(',')) {
  const measure = parts[part];
  if (measure === undefined) throw new Error(`no part ${part}: there are ${Object.keys(parts).join(', ')}`);
  const partStartedAt = performance.now();
  findings.push(...(await measure()));
  console.error(`part ${part}: ${Math.round((performance.now() - partStartedAt) / 1000)} s`);
}
rmSync(folder, { recursive: true });

const page = markdown(findings, new Date(), Math.round((performance.now() - startedAt) / 1000));
console.log(page);
if (!quick && profile === undefined && only === everyPart) {
  const write = (name: string, text: string): void =>
    writeFileSync(fileURLToPath(new URL(name, import.meta.url)), text);
  write('RESULTS.md', page);
  const rows = findings.map(({ name, a, b, ratio, limit, rounds }) => ({ name, a, b, ratio, limit, rounds }));
  write('results.json', `${JSON.stringify(rows, undefined, 2)}\n`);
}
