// Process: the sandbox practice, with limits that a bench does not reach.
import { z } from 'zod';
import { startSandbox } from '../services/sandbox/server.ts';
import { given, serve } from './served.ts';

const settings = z.object({ seedPath: z.string(), scope: z.enum(['room', 'doctor']) }).parse(given());
const { close, ...sandbox } = await startSandbox({
  seedPath: settings.seedPath,
  port: 0,
  now: Date.now,
  overlapScope: settings.scope,
  limits: { perHour: 1e9, perSecond: 1e9 },
});
serve(sandbox, {}, close);
