// A channel's side of the wire: a connector server that keeps what is posted and answers as scripted.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';

export interface Posted {
  readonly method: string | undefined;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Partial<Activity>;
  /** Which connection it came over. */
  readonly port: number;
}

/** A channel's connector: keeps what is posted, answers as scripted (`201` when the script is over; 0 cuts the connection). */
export async function startConnectorServer(
  script: readonly { readonly status: number; readonly headers?: Readonly<Record<string, string>> }[] = [],
) {
  const posted: Posted[] = [];
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    request.on('end', () => {
      posted.push({
        method: request.method,
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(text),
        port: request.socket.remotePort ?? 0,
      });
      const { status, headers } = script[posted.length - 1] ?? { status: 201, headers: {} };
      if (status === 0) return request.socket.destroy();
      // Not chained: restify replaces writeHead for every server of the process, by one that returns nothing.
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      return response.end('{"id":"x"}');
    });
  });
  const origin = await listenOn(server);
  return {
    origin,
    posted,
    /** Of the messages, in order; typing has none. */
    texts: () => posted.filter(({ body }) => body.type !== 'typing').map(({ body }) => body.text),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function listenOn(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}
