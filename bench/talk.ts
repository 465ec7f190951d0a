// One user's side of a chat over HTTP: posts activities, and has the replies from the answer or from a connector.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const replySchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  suggestedActions: z.object({ actions: z.array(z.object({ title: z.string() })) }).optional(),
});

export interface Said {
  readonly text: string;
  readonly choices: readonly string[];
}

/** Sends one activity and resolves with every reply of that turn. */
export type Say = (activity: Record<string, unknown>) => Promise<readonly Said[]>;

export type Mode = 'expectReplies' | 'connector';

export interface Line {
  /** A user in a conversation of this id, new or begun before. */
  user(conversationId: string): Say;
  close(): Promise<void>;
}

const readJson = async (stream: http.IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return JSON.parse(Buffer.concat(parts).toString('utf8') || 'null');
};

const said = (activities: readonly unknown[]): readonly Said[] =>
  activities
    .map((activity) => replySchema.parse(activity))
    .filter(({ type }) => type === 'message')
    .map(({ text = '', suggestedActions }) => ({
      text,
      choices: suggestedActions?.actions.map(({ title }) => title) ?? [],
    }));

/** Connects to the bot at `origin`; in mode `connector` this side is the service URL that the bot posts its replies to. */
export async function openLine(origin: string, mode: Mode): Promise<Line> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  const inbox = new Map<string, unknown[]>();
  let sent = 0;

  const connector = http.createServer((request, response) => {
    void readJson(request).then((activity) => {
      const id = decodeURIComponent(request.url?.split('/')[3] ?? '');
      inbox.get(id)?.push(activity);
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"1"}');
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = connector.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const post = (body: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const request = http.request(`${origin}/api/messages`, { method: 'POST', agent, headers });
      request.on('error', reject);
      request.on('response', (response) => {
        if (response.statusCode === 200 || response.statusCode === 201) {
          // The SDK answers 200 with an empty body where the replies went to the connector.
          readJson(response).then(resolve, reject);
        } else reject(new Error(`the bot answered ${response.statusCode}`));
      });
      request.end(body);
    });

  return {
    user(conversationId) {
      const common = {
        channelId: 'webchat',
        serviceUrl: `http://127.0.0.1:${port}`,
        conversation: { id: conversationId },
        from: { id: `user-${conversationId}`, name: '' },
        recipient: { id: 'bot', name: 'Bookadoc' },
        locale: 'en-US',
        ...(mode === 'expectReplies' ? { deliveryMode: 'expectReplies' } : {}),
      };
      return async (activity) => {
        sent += 1;
        const received: unknown[] = [];
        if (mode === 'connector') inbox.set(conversationId, received);
        const answer = await post(
          JSON.stringify({ id: `${conversationId}|${sent}`, ...common, ...activity }),
        );
        inbox.delete(conversationId);
        if (mode === 'connector') return said(received);
        return said(z.object({ activities: z.array(z.unknown()) }).parse(answer).activities);
      };
    },
    async close() {
      agent.destroy();
      connector.closeAllConnections();
      await new Promise((resolve) => connector.close(resolve));
    },
  };
}
