// Signed, expiring tokens that bind a web chat visitor to one conversation and one user id, both made by us.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../services/domain.ts';
import type { Clock } from '../services/ports.ts';

/** `chat` goes into the Authorization header; `stream` into the WebSocket's URL, as the protocol wants, so it lives shortly. */
type TokenPurpose = 'chat' | 'stream';

/** Whose token it is. `bornAt`: epoch ms of the first token; refreshed ones keep it. */
export interface Claims {
  readonly conversationId: string;
  readonly userId: string;
  readonly bornAt: number;
}

type TokenProblem = 'invalid' | 'expired';

export interface Tokens {
  issue(purpose: TokenPurpose, claims: Claims): string;
  /** Checks signature, purpose and expiry. */
  read(purpose: TokenPurpose, token: string): Result<Claims, TokenProblem>;
  /** Claims of a chat token, expired or not, within a day of its birth: a laptop that slept may go on. */
  readForRefresh(token: string): Result<Claims, TokenProblem>;
}

export const chatTokenSeconds = 3_600;
const streamTokenSeconds = 60;
const sessionSeconds = 24 * 3_600;

const encode = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url');

// A JWT, because Direct Line clients look for the `user` claim in it. Only this one header is ever accepted, so a token
// cannot choose its own algorithm.
const header = encode({ alg: 'HS256', typ: 'JWT' });

const payloadSchema = z.object({
  aud: z.enum(['chat', 'stream']),
  conv: z.string().min(1),
  user: z.string().min(1),
  born: z.number(),
  exp: z.number(),
});

/** HMAC-SHA256 tokens under `secret`; a new process with the same secret accepts the old ones. */
export function createTokens(secret: string, clock: Pick<Clock, 'now'>): Tokens {
  // A key of its own: the same setting may sign other things one day.
  const key = createHmac('sha256', secret).update('bookadoc direct line').digest();
  const sign = (signed: string): Buffer => createHmac('sha256', key).update(signed).digest();

  function open(purpose: TokenPurpose, token: string): z.infer<typeof payloadSchema> | undefined {
    const [head, body, signature, rest] = token.split('.');
    if (head !== header || body === undefined || signature === undefined || rest !== undefined)
      return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(`${head}.${body}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    // Signed by us, so it is JSON; another purpose, of another release too, is as good as forged.
    const payload = payloadSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return payload.success && payload.data.aud === purpose ? payload.data : undefined;
  }

  function readUntil(
    purpose: TokenPurpose,
    token: string,
    endsAtSeconds: (payload: z.infer<typeof payloadSchema>) => number,
  ): Result<Claims, TokenProblem> {
    const payload = open(purpose, token);
    if (payload === undefined) return fail('invalid');
    if (clock.now() >= endsAtSeconds(payload) * 1_000) return fail('expired');
    return ok({ conversationId: payload.conv, userId: payload.user, bornAt: payload.born });
  }

  return {
    issue(purpose, claims) {
      const seconds = purpose === 'chat' ? chatTokenSeconds : streamTokenSeconds;
      const exp = Math.floor(clock.now() / 1_000) + seconds;
      const body = encode({
        aud: purpose,
        conv: claims.conversationId,
        user: claims.userId,
        born: claims.bornAt,
        exp,
      });
      return `${header}.${body}.${sign(`${header}.${body}`).toString('base64url')}`;
    },
    read: (purpose, token) => readUntil(purpose, token, (payload) => payload.exp),
    readForRefresh: (token) => readUntil('chat', token, (payload) => payload.born / 1_000 + sessionSeconds),
  };
}
