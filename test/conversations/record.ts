// `npm run record -- [part of a name]`: writes what the bot says now into the journeys. Read every changed line aloud.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { perform } from '../support/journey.ts';

const folder = join(import.meta.dirname, 'journeys');
const [part = ''] = process.argv.slice(2);

for (const name of readdirSync(folder).sort()) {
  if (!name.includes(part)) continue;
  const path = join(folder, name);
  const written = readFileSync(path, 'utf8');
  try {
    const performed = await perform(written);
    if (performed === written) continue;
    writeFileSync(path, performed);
    console.log(`${name} has changed`);
  } catch (error) {
    console.error(`${name} cannot be performed after this:`, error);
    process.exitCode = 1;
  }
}
