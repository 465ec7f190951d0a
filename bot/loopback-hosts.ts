// Keeps web pages from reaching a bot that trusts whoever is on this machine: a name that leads here by DNS is not an address of it.
import type { Request, Response, Server } from 'restify';
import { isLoopback } from '../services/config-values.ts';
import { sendError } from './json-http.ts';

/**
 * 403 to every request whose Host is not this machine's own (`localhost`, `127.0.0.1`, `[::1]`). To the browser a page
 * whose name has been pointed at 127.0.0.1 (DNS rebinding) is of our own origin; its Host gives it away.
 */
export function refuseOtherHosts(server: Server): void {
  server.pre((request: Request, response: Response, next) => {
    const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname;
    if (host !== undefined && isLoopback(host)) return next();
    sendError(response, 403, 'unknown-host', 'Without bot credentials this answers to localhost only.');
    return next(false);
  });
}

/** Whether only this machine can connect to a server that listens on `host`. */
export const isLocalOnly = (host: string): boolean => host === '::1' || isLoopback(host);
