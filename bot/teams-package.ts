// `npm run teams:package`: writes dist/bookadoc-teams.zip, the app that a Teams administrator uploads.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseConfig } from '../services/config.ts';
import { teamsPackage } from './teams-app.ts';

const target = fileURLToPath(new URL('../dist/bookadoc-teams.zip', import.meta.url));

/** The problems that ended it, as sentences; none: it is written. */
async function run(): Promise<readonly string[]> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (!config.ok) return config.error;
  const own = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(own));
  const zip = teamsPackage(config.value, version);
  if (!zip.ok) return zip.error;
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, zip.value);
  process.stdout.write(
    `Written: ${target}\nUpload it in the Teams admin center under Teams apps > Manage apps.\n`,
  );
  return [];
}

const problems = await run();
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
