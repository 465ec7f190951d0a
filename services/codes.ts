// One-time codes: made, kept as a keyed hash, and answered: five tries in ten minutes, once, in the conversation that was asked.
import { timingSafeEqual } from 'node:crypto';
import type { Audit } from './audit.ts';
import { fail, ok, type Result } from './domain.ts';
import type { Asker, CodeError } from './identity-cases.ts';
import { packed, readChallenge, type StoredChallenge } from './identity-documents.ts';
import type { Keyed } from './keyed.ts';
import type { Clock, Ids, Json, Store, StoreOp } from './ports.ts';
import { instantAt, msOf } from './wall-time.ts';

export const codeMinutes = 10;
const codeMs = codeMinutes * 60_000;
const mostTries = 5;
const codeDigits = 6;
const challengeLength = 22;

export interface CodesDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: Ids;
  readonly keyed: Keyed;
  readonly audit: Audit;
}

/** What is asked for. Without a code it is a decoy: the same question, and nothing answers it. */
export interface Question extends Pick<StoredChallenge, 'purpose' | 'subject' | 'claim'> {
  readonly code: string | undefined;
  /** What the right answer leads to. */
  readonly details: Json;
}

/** Writes a right answer with what belongs into the same batch; false: a new question in this conversation came between. */
type Write = (state: 'proven' | 'used', also: readonly StoreOp[]) => Promise<boolean>;
export type Right = (challenge: StoredChallenge, write: Write) => Promise<boolean>;

export interface Codes {
  newCode(): string;
  /** The one challenge of the conversation, in place of any before it: the write, and the name that the conversation holds. */
  ask(question: Question, asker: Asker): { readonly challenge: string; readonly op: StoreOp };
  answer(
    purpose: Question['purpose'],
    challenge: string,
    code: string,
    asker: Asker,
    right: Right,
  ): Promise<Result<StoredChallenge, CodeError>>;
  /** The conversation's challenge by that name, if it is in time, with its version and the write that changes it. */
  current(
    purpose: Question['purpose'],
    challenge: string,
    asker: Asker,
  ): Promise<
    | { readonly stored: StoredChallenge; readonly becomes: (next: Partial<StoredChallenge>) => StoreOp }
    | undefined
  >;
  /** Whoever answers or uses a conversation's challenge holds this. */
  withChallenge<T>(asker: Asker, work: () => Promise<T>): Promise<T>;
}

export function createCodes({ store, clock, ids, keyed, audit }: CodesDeps): Codes {
  const slotOf = ({ conversationId }: Asker): string => keyed('conversation', conversationId);
  const accountOf = ({ account }: Asker): string => (account === undefined ? '' : keyed('account', account));
  const hashOf = (challenge: string, code: string): string => keyed('code', challenge, code);

  const current: Codes['current'] = async (purpose, challenge, asker) => {
    const id = slotOf(asker);
    const found = await store.get('token', id);
    if (found === undefined) return undefined;
    const stored = readChallenge(found);
    const isIt =
      stored.purpose === purpose &&
      stored.challenge === keyed('challenge', challenge) &&
      stored.account === accountOf(asker) &&
      clock.now() < msOf(stored.endsAt);
    if (!isIt) return undefined;
    return {
      stored,
      becomes: (next) => ({
        op: 'replace',
        kind: 'token',
        id,
        document: { ...stored, ...next },
        expectedVersion: found.version,
      }),
    };
  };
  const withChallenge: Codes['withChallenge'] = (asker, work) =>
    store.withLock(`challenge|${slotOf(asker)}`, work);

  return {
    current,
    withChallenge,
    newCode: () => digitsFrom(ids, codeDigits),
    ask({ purpose, subject, claim, code, details }, asker) {
      const challenge = ids.next(challengeLength);
      const document: StoredChallenge = {
        what: 'challenge',
        challenge: keyed('challenge', challenge),
        purpose,
        account: accountOf(asker),
        code: code === undefined ? keyed('nothing', ids.next(challengeLength)) : hashOf(challenge, code),
        triesLeft: mostTries,
        state: 'asked',
        subject,
        claim,
        details: packed(details),
        endsAt: instantAt(clock.now() + codeMs),
      };
      return { challenge, op: { op: 'put', kind: 'token', id: slotOf(asker), document } };
    },
    answer: (purpose, challenge, code, asker, right) =>
      withChallenge(asker, async () => {
        const asked = await current(purpose, challenge, asker);
        if (asked?.stored.state !== 'asked' || asked.stored.triesLeft < 1) return fail({ kind: 'code-over' });
        const { stored, becomes } = asked;
        const write = async (
          next: Partial<StoredChallenge>,
          said: 'code-right' | 'code-wrong' | 'code-over',
          also: readonly StoreOp[],
        ): Promise<boolean> => {
          const entry = audit.ofIdentity(said, stored.subject);
          return (await store.batch([becomes(next), ...also, entry])).ok;
        };
        const triesLeft = stored.triesLeft - 1;
        if (isSame(stored.code, hashOf(challenge, code.replace(/[\s-]/g, '')))) {
          const isWritten = await right(stored, (state, also) => {
            const endsAt = state === 'proven' ? instantAt(clock.now() + codeMs) : stored.endsAt;
            return write({ state, triesLeft, endsAt }, 'code-right', also);
          });
          return isWritten ? ok(stored) : fail({ kind: 'code-over' });
        }
        const isWritten = await write({ triesLeft }, triesLeft > 0 ? 'code-wrong' : 'code-over', []);
        return fail(isWritten && triesLeft > 0 ? { kind: 'wrong-code', triesLeft } : { kind: 'code-over' });
      }),
  };
}

/** In constant time: how long it takes tells nothing of how much is right. */
const isSame = (stored: string, given: string): boolean => {
  const [one, other] = [Buffer.from(stored), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** Each digit as likely as any other: of letters and digits that are so, the letters are thrown away. */
export function digitsFrom(ids: Ids, count: number): string {
  let digits = '';
  while (digits.length < count) digits += ids.next(count * 4).replace(/\D/g, '');
  return digits.slice(0, count);
}
