// The HTTP server: restify with time and size limits, JSON errors, and the routes that each room mounts.
import type { AddressInfo } from 'node:net';
import restify, { type Request, type RequestHandler, type Response, type Server } from 'restify';
import type { Ids, Log } from '../services/ports.ts';
import { sendError } from './json-http.ts';
import { whereOf } from './where.ts';

export interface HttpServerDeps {
  readonly mounts: readonly ((server: Server) => void)[];
  readonly ids: Ids;
  readonly log: Log;
}

/** What restify refuses by itself, in our words; everything else that it throws is a bug of ours. */
const refusals: Readonly<Record<number, readonly [error: string, message: string]>> = {
  400: ['invalid-request', 'The request could not be read.'],
  404: ['not-found', 'There is nothing here.'],
  405: ['method-not-allowed', 'This method is not allowed here.'],
  406: ['not-acceptable', 'No such representation.'],
  413: ['too-large', 'The request is too large.'],
  415: ['unsupported-media-type', 'Send JSON, uncompressed, as application/json.'],
};

/** Builds the server; nothing listens yet. */
export function createHttpServer({ mounts, ids, log }: HttpServerDeps): Server {
  const server = restify.createServer({ name: '' });
  const http = server.server;
  // Who sends his request drop by drop is cut off (OWASP, denial of service: slow HTTP). Node looks only every half a minute by
  // itself, and takes the interval from this property when it begins to listen.
  http.headersTimeout = 10_000;
  http.requestTimeout = 30_000;
  Object.assign(http, { connectionsCheckingInterval: 5_000 });
  http.maxConnections = 5_000;
  http.keepAliveTimeout = 70_000; // Longer than a load balancer's usual minute, so that it never posts into a closing socket.
  // Its callback is left alone: all that restify does then is send the error once more, and throw, because it has not seen
  // our answer leave by node's own response.
  server.on('restifyError', (_: Request, response: Response, error: unknown) => {
    if (!response.headersSent) refuse(response, error, ids, log);
  });
  // restify passes the socket's errors on to here; with nobody listening they would end the process.
  server.on('error', (error: unknown) => log.error('server error', whereOf(error)));
  server.pre(refuseUnreadableAddress);
  for (const mount of mounts) mount(server);
  return server;
}

/** 400 where Host or path make no URL: restify would throw at the first look at it, outside of any handler, and end the process. */
const refuseUnreadableAddress: RequestHandler = (request: Request, response: Response, next) => {
  const { url = '' } = request;
  const origin = `http://${request.headers.host || 'localhost'}`;
  if (url.startsWith('/') ? URL.canParse(origin + url) : URL.canParse(url, origin)) return next();
  sendError(response, 400, 'invalid-request', 'The request could not be read.');
  return next(false);
};

function refuse(response: Response, error: unknown, ids: Ids, log: Log): void {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  const refusal = typeof status === 'number' ? refusals[status] : undefined;
  if (typeof status === 'number' && refusal !== undefined) {
    sendError(response, status, ...refusal);
    return;
  }
  const ref = ids.next(6);
  log.error('request failed', { ref, ...whereOf(error) });
  sendError(response, 500, 'internal', `Something went wrong on our side. Reference: ${ref}.`);
}

/** Listens, and says on which port (0 asked for any). Rejects where the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.server.listen(port, host, () => {
      server.server.off('error', reject);
      const address: AddressInfo | string | null = server.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Takes no new connections, lets running requests finish, then closes what is left after `graceMs`. */
export async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.server.close(() => resolve()));
  // A kept connection whose last answer goes out after this would otherwise be waited for until it times out.
  const idle = setInterval(() => server.server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

/** Where a client on this machine finds a server that listens on `host`. */
export function originOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
