// Direct Line 3.0 for the practice's own web chat: tokens, conversations, activities; turns run in this process, not through /api/messages.
import type { IncomingMessage } from 'node:http';
import type { Request, Response, Server } from 'restify';
import { z } from 'zod';
import type { Clock, Ids, Log } from '../services/ports.ts';
import { createChatPage } from './chat-page.ts';
import { createAccess, slowDown } from './directline-access.ts';
import {
  arrivalActivity,
  botParty,
  forBot,
  incomingSchema,
  localeSchema,
  userActivity,
} from './directline-activity.ts';
import { createArrivals } from './directline-arrivals.ts';
import { createConversations, framesSince } from './directline-conversations.ts';
import { type Answer, hostOf, queryOf, readJson, refusal, sendAnswer } from './directline-http.ts';
import { createStreams, watermarkOf } from './directline-stream.ts';
import { type Claims, chatTokenSeconds, createTokens } from './directline-token.ts';
import { createChatTurns } from './directline-turns.ts';
import type { Limits } from './limits.ts';
import { cameByTls } from './security-headers.ts';
import type { Turns } from './turn.ts';

export interface DirectLineDeps {
  readonly turns: Turns;
  readonly tokenSecret: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly limits: Limits;
  /** Origins of the pages that may embed `/chat`, or talk to this endpoint themselves. */
  readonly chatOrigins: readonly string[];
  readonly practiceName: string;
  /** Of the chat page. */
  readonly practiceColor: string;
}

export interface DirectLine {
  /** Adds the routes under `/v3/directline`, the WebSocket stream, and the chat page at `/` and `/chat`. */
  mount(server: Server): void;
  /** Waits for the turns that came in here, so that their replies are still sent, then closes every stream. */
  close(): Promise<void>;
}

const beatSeconds = 30;
const startBody = z.object({ locale: localeSchema }).catch({});

const busy = (): Answer =>
  refusal(503, 'ServiceUnavailable', 'Too many chats are open.', { 'Retry-After': '30' });
const minute = { retryAfterSeconds: 60 } as const;

/** `wss` behind a proxy that ends TLS, if it says so in X-Forwarded-Proto. The token in it lives for a minute. */
function streamUrl(request: IncomingMessage, id: string, watermark: number, token: string): string {
  const host = `${cameByTls(request) ? 'wss' : 'ws'}://${hostOf(request)}`;
  return `${host}/v3/directline/conversations/${id}/stream?watermark=${watermark}&t=${token}`;
}

export function createDirectLine(deps: DirectLineDeps): DirectLine {
  const { chatOrigins, clock, ids, limits, log } = deps;
  const bot = botParty(deps.practiceName);
  const tokens = createTokens(deps.tokenSecret, clock);
  const conversations = createConversations(clock);
  const streams = createStreams({ tokens, conversations, chatOrigins, limits, log });
  const access = createAccess({ tokens, limits });
  const chatTurns = createChatTurns({ turns: deps.turns, conversations, bot, clock, log });
  const timer = setInterval(() => {
    streams.beat();
    conversations.sweep();
  }, beatSeconds * 1_000);
  timer.unref();
  const mayArrive = createArrivals(clock, limits.addressOf);

  const session = (claims: Claims) => ({
    conversationId: claims.conversationId,
    token: tokens.issue('chat', claims),
    expires_in: chatTokenSeconds,
  });

  const sessionWithStream = (request: IncomingMessage, claims: Claims, watermark: number) => ({
    ...session(claims),
    streamUrl: streamUrl(request, claims.conversationId, watermark, tokens.issue('stream', claims)),
  });

  async function start(request: IncomingMessage, claims: Claims, body: unknown): Promise<Answer> {
    const opened = conversations.open(claims, 0);
    if (opened === undefined) return busy();
    if (opened.isNew)
      chatTurns.run(
        claims,
        arrivalActivity(opened.conversation, bot, clock.now(), startBody.parse(body).locale),
      );
    return { status: opened.isNew ? 201 : 200, body: sessionWithStream(request, claims, 0) };
  }

  async function post(claims: Claims, body: unknown): Promise<Answer> {
    const incoming = incomingSchema.safeParse(body);
    if (!incoming.success)
      return refusal(
        400,
        'BadArgument',
        'A message, event or typing with a text of at most 4,000 characters, please.',
      );
    const conversation = conversations.open(claims, 0)?.conversation;
    if (conversation === undefined) return busy();
    if (incoming.data.type === 'typing') return { status: 200, body: { id: `${conversation.id}|typing` } };
    if (!conversations.mayPost(conversation)) return slowDown(minute);
    const clientId = incoming.data.channelData?.clientActivityID;
    // A browser may repeat a POST whose answer it did not get.
    const known = clientId === undefined ? undefined : conversations.idOf(conversation, clientId);
    if (known !== undefined) return { status: 200, body: { id: known } };
    const pace = await limits.user.take(conversation.id);
    if (!pace.isWithin) {
      if (pace.isFirstRefusal) chatTurns.sayTooFast(claims, incoming.data.locale);
      return slowDown(pace);
    }
    const activity = userActivity(conversation, bot, clock.now(), incoming.data);
    const id = conversations.append(conversation, activity, clientId);
    chatTurns.run(claims, forBot(activity, id));
    return { status: 200, body: { id } };
  }

  type Handler = (request: Request, claims: Claims) => Answer | Promise<Answer>;

  const answering =
    (work: (request: Request) => Answer | Promise<Answer>) => async (request: Request, response: Response) =>
      sendAnswer(request, response, chatOrigins, await work(request));
  const authorized = (handler: Handler) =>
    answering(async (request) => {
      const who = await access.of(request);
      return 'status' in who ? who : handler(request, who);
    });
  const withBody =
    (handler: (request: Request, claims: Claims, body: unknown) => Answer | Promise<Answer>): Handler =>
    async (request, claims) => {
      const body = await readJson(request, request.body);
      return body.ok ? handler(request, claims, body.value) : body.error;
    };
  const watermark = (request: Request): number => watermarkOf(queryOf(request).get('watermark'));

  return {
    mount(server) {
      const path = '/v3/directline';
      server.opts(
        `${path}/*`,
        answering(() => ({ status: 204, body: undefined })),
      );
      server.post(
        `${path}/tokens/generate`,
        answering((request) => {
          if (!mayArrive(request)) return slowDown(minute);
          // The user id is ours: whatever id the browser proposes is not looked at.
          const claims = { conversationId: ids.next(24), userId: `dl_${ids.next(24)}`, bornAt: clock.now() };
          return { status: 200, body: session(claims) };
        }),
      );
      server.post(
        `${path}/tokens/refresh`,
        answering(async (request) => {
          const who = await access.of(request, true);
          return 'status' in who ? who : { status: 200, body: session(who) };
        }),
      );
      server.post(`${path}/conversations`, authorized(withBody(start)));
      server.get(
        `${path}/conversations/:id`,
        authorized((request, claims) =>
          conversations.open(claims, watermark(request)) === undefined
            ? busy()
            : { status: 200, body: sessionWithStream(request, claims, watermark(request)) },
        ),
      );
      server.get(
        `${path}/conversations/:id/activities`,
        authorized((request, claims) => {
          const since = watermark(request);
          const opened = conversations.open(claims, since);
          return opened === undefined
            ? busy()
            : { status: 200, body: framesSince(opened.conversation, since) };
        }),
      );
      server.post(
        `${path}/conversations/:id/activities`,
        authorized(withBody((_request, claims, body) => post(claims, body))),
      );
      server.post(
        `${path}/conversations/:id/upload`,
        authorized(() => refusal(415, 'NotSupported', 'This chat takes no files.', { Connection: 'close' })),
      );
      server.on('upgrade', streams.upgrade);
      createChatPage({
        chatOrigins,
        practiceName: deps.practiceName,
        color: deps.practiceColor,
      }).mount(server);
    },
    async close() {
      await chatTurns.idle();
      clearInterval(timer);
      streams.close();
    },
  };
}
