// The WebSocket side of Direct Line: replays what a client has missed, then sends every new frame; slow or dead clients are cut off.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../services/ports.ts';
import {
  type Conversation,
  type Conversations,
  framesSince,
  type Listener,
} from './directline-conversations.ts';
import { isKnownOrigin, queryOf } from './directline-http.ts';
import type { Tokens } from './directline-token.ts';
import type { Limits } from './limits.ts';

export interface Streams {
  /** Answers one upgrade request, whatever its path; everything but a conversation's stream is refused. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Pings every client and cuts off those that did not answer the ping before. */
  beat(): void;
  close(): void;
  readonly size: number;
}

const goodbyeMs = 1_000;
const socketsPerConversation = 5;
/** A practice's waiting room, or an office, may share one. */
const socketsPerAddress = 200;
const socketsInAll = 2_000;
/** A client that has this much unread is too slow: it reconnects with its watermark. */
const unreadLimitBytes = 1024 * 1024;

/** `n` of `watermark=n`; anything else counts as "from the beginning". */
export const watermarkOf = (raw: string | null): number => (/^\d{1,9}$/.test(raw ?? '') ? Number(raw) : 0);

/** Nothing times an upgraded socket out: one whose other half stays open would be kept, and waited for, for ever. */
function refuse(socket: Duplex, status: number): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export function createStreams(deps: {
  readonly tokens: Tokens;
  readonly conversations: Conversations;
  readonly chatOrigins: readonly string[];
  readonly limits: Pick<Limits, 'address' | 'addressOf'>;
  readonly log: Log;
}): Streams {
  // Clients send nothing but empty frames, to keep the line open.
  const wss = new WebSocketServer({ noServer: true, maxPayload: 4_096 });
  const alive = new WeakSet<WebSocket>();
  const byAddress = new Map<string, number>();

  function hold(client: WebSocket, address: string | undefined): void {
    if (address === undefined) return;
    byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
    client.on('close', () => {
      const left = (byAddress.get(address) ?? 0) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
  }

  function refuseStranger(request: IncomingMessage, socket: Duplex, status: number): void {
    deps.limits.address(request).then(
      ({ isWithin }) => refuse(socket, isWithin ? status : 429),
      () => socket.destroy(),
    );
  }

  function listen(client: WebSocket, conversation: Conversation, watermark: number): void {
    const listener: Listener = {
      send(frame) {
        if (client.bufferedAmount <= unreadLimitBytes) return client.send(frame);
        deps.log.warn('web chat client too slow');
        client.terminate();
      },
    };
    alive.add(client);
    client.on('pong', () => alive.add(client));
    // The close that follows says it all; without a listener an error would end the process.
    client.on('error', () => {});
    client.on('close', () => conversation.listeners.delete(listener));
    listener.send(framesSince(conversation, watermark));
    conversation.listeners.add(listener);
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const query = queryOf(request);
      const id = /^\/v3\/directline\/conversations\/(\w+)\/stream(\?|$)/.exec(request.url ?? '')?.[1];
      if (id === undefined) return refuseStranger(request, socket, 404);
      const claims = deps.tokens.read('stream', query.get('t') ?? '');
      if (!claims.ok || claims.value.conversationId !== id || !isKnownOrigin(request, deps.chatOrigins))
        return refuseStranger(request, socket, 403);
      const watermark = watermarkOf(query.get('watermark'));
      const opened =
        wss.clients.size < socketsInAll ? deps.conversations.open(claims.value, watermark) : undefined;
      if (opened === undefined) return refuse(socket, 503);
      if (opened.conversation.listeners.size >= socketsPerConversation) return refuse(socket, 429);
      const address = deps.limits.addressOf(request);
      if (address !== undefined && (byAddress.get(address) ?? 0) >= socketsPerAddress)
        return refuse(socket, 429);
      wss.handleUpgrade(request, socket, head, (client) => {
        hold(client, address);
        listen(client, opened.conversation, watermark);
      });
    },
    beat() {
      for (const client of wss.clients) {
        if (!alive.delete(client)) client.terminate();
        else client.ping();
      }
    },
    close() {
      for (const client of wss.clients) client.close(1001);
      wss.close();
      // One that does not answer the goodbye must not hold up the stop.
      setTimeout(() => {
        for (const client of wss.clients) client.terminate();
      }, goodbyeMs).unref();
    },
    get size() {
      return wss.clients.size;
    },
  };
}
