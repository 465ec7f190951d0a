// /healthz: the process answers. /readyz: the store is open and the settings are valid; the EHR's state stands beside it.
import type { Request, Response, Server } from 'restify';
import type { EhrState } from '../services/ports.ts';
import { sendJson } from './json-http.ts';

export interface HealthDeps {
  readonly ehrState: () => EhrState;
  /** Whether the store still takes reads and writes. */
  readonly storeIsOpen: () => Promise<boolean>;
}

/** An EHR that is down does not make the bot unready: it answers, says so, and takes no booking meanwhile. */
export function mountHealth(server: Server, { ehrState, storeIsOpen }: HealthDeps): void {
  server.get('/healthz', async (_: Request, response: Response) => sendJson(response, 200, { status: 'ok' }));
  server.get('/readyz', async (_: Request, response: Response) => {
    const open = await storeIsOpen();
    sendJson(response, open ? 200 : 503, {
      status: open ? 'ready' : 'not-ready',
      store: open ? 'open' : 'closed',
      ehr: ehrState(),
    });
  });
}
