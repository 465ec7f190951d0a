// /healthz: the process answers. /readyz: the store is open and the settings are valid; the EHR's state, the audit trail's and dead letters stand beside it.
import type { Request, Response, Server } from 'restify';
import { deadLetters } from '../services/owed.ts';
import type { Ehr, Store } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import { sendJson } from './json-http.ts';

export interface HealthDeps {
  readonly ehr: Pick<Ehr, 'state'>;
  readonly store: Pick<Store, 'get' | 'list'>;
  readonly useCases: Pick<UseCases, 'trail'>;
}

/**
 * An EHR that is down does not make the bot unready, nor does a broken trail: the bot answers, and says so. Nor do messages that could
 * not be delivered (`deadLetters`, counted to a thousand): no booking depends on them.
 */
export function mountHealth(server: Server, { ehr, store, useCases }: HealthDeps): void {
  server.get('/healthz', async (_: Request, response: Response) => sendJson(response, 200, { status: 'ok' }));
  server.get('/readyz', async (_: Request, response: Response) => {
    const open = await isOpen(store);
    const dead = open ? await deadLetters(store) : undefined;
    sendJson(response, open ? 200 : 503, {
      status: open ? 'ready' : 'not-ready',
      store: open ? 'open' : 'closed',
      audit: useCases.trail(),
      ehr: ehr.state(),
      deadLetters: dead,
    });
  });
}

/** A closed or failed store throws. */
async function isOpen(store: Pick<Store, 'get'>): Promise<boolean> {
  try {
    await store.get('token', 'readiness');
    return true;
  } catch {
    return false;
  }
}
