// Process: Bookadoc as `npm start` starts it, against a practice outside of it, with a larger allowance of EHR calls.
import { z } from 'zod';
import { startBookadoc } from '../bot/main.ts';
import { given, serve } from './served.ts';

const env = z.record(z.string(), z.string()).parse(given());
const started = await startBookadoc(env, {
  ehrLimits: { perHour: 1e9, perSecond: 1e9 },
  identityCallsPerHour: 1e9,
  proof: 'none',
});
if (!started.ok) throw new Error(started.error.join('\n'));
const bookadoc = started.value;
await bookadoc.ehrStarted;
serve({ origin: bookadoc.origin }, {}, bookadoc.stop);
