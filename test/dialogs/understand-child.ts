// Process: reads both phrase tables on every weekday, and prints a hash of all readings; run under several time zones.
import { createHash } from 'node:crypto';
import { understand } from '../../dialogs/understand.ts';
import { hearingOn, week } from './hearing.ts';
import { english } from './phrases-en.ts';
import { spanish } from './phrases-es.ts';

const readings = week.flatMap((today) => [
  ...english.map(([text]) => understand(text, hearingOn(today))),
  ...spanish.map(([text]) => understand(text, hearingOn(today, 'es'))),
]);
const hash = createHash('sha256').update(JSON.stringify(readings)).digest('hex');
process.stdout.write(`${readings.length} ${hash} ${new Date(0).getHours()}`);
