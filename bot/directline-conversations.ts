// Web chat conversations in memory: numbered activities, a bounded history, and whoever listens for more.
import type { Clock } from '../services/ports.ts';
import type { Claims } from './directline-token.ts';

/** Someone who is sent every new frame at once: a WebSocket. */
export interface Listener {
  send(frame: string): void;
}

export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** Number of the newest activity; what clients call the watermark. */
  sequence: number;
  /** The last activities, already JSON: sent many times, looked into never. */
  readonly history: { readonly sequence: number; readonly json: string; readonly clientId?: string }[];
  /** Length of the history's JSON in all. */
  characters: number;
  readonly listeners: Set<Listener>;
  usedAt: number;
  minute: { startedAt: number; sent: number };
}

export interface Conversations {
  /**
   * The conversation of these claims, made anew if it is unknown: after a restart, or after it was dropped for being idle,
   * an old token goes on. Its numbers then start at or after the client's watermark, so that nothing is repeated and what
   * comes is new. Undefined: no room for one more.
   */
  open(claims: Claims, watermark: number): { conversation: Conversation; isNew: boolean } | undefined;
  /** Numbers an activity, keeps it, and sends it to the listeners; returns its id. `clientId`: the sender's own id for it. */
  append(conversation: Conversation, activity: object, clientId?: string): string;
  /** The id of an activity that its sender has sent before under the same id of its own. */
  idOf(conversation: Conversation, clientId: string): string | undefined;
  /** Counts a message from the browser; false where it has sent too many in this minute. */
  mayPost(conversation: Conversation): boolean;
  /** Drops what nobody listens to and nobody has used for half an hour. Call it now and then. */
  sweep(): void;
  readonly size: number;
}

// Together these bound what strangers can make us keep: 2,000 times 64 Ki characters.
const historyLimit = 100;
const historyCharacters = 65_536;
const idleMinutes = 30;
const postsPerMinute = 60;
const conversationLimit = 2_000;

const idAt = (conversation: Conversation, sequence: number): string =>
  `${conversation.id}|${String(sequence).padStart(7, '0')}`;

/** One frame of the protocol, from activities that are JSON already. */
const frameOf = (activities: readonly string[], watermark: number): string =>
  `{"activities":[${activities.join(',')}],"watermark":"${watermark}"}`;

/** Everything after `watermark` that is still known, as one frame. */
export function framesSince(conversation: Conversation, watermark: number): string {
  const newer = conversation.history.filter((entry) => entry.sequence > watermark);
  return frameOf(
    newer.map((entry) => entry.json),
    conversation.sequence,
  );
}

/** Sends an activity that is not worth keeping (typing) to whoever listens now. */
export function sendPassing(conversation: Conversation, activity: object): void {
  const frame = frameOf([JSON.stringify(activity)], conversation.sequence);
  for (const listener of conversation.listeners) listener.send(frame);
}

export function createConversations(clock: Pick<Clock, 'now'>): Conversations {
  // In order of use, the longest unused first.
  const known = new Map<string, Conversation>();

  function make(claims: Claims): Conversation | undefined {
    if (known.size >= conversationLimit) {
      const unused = known.values().find((conversation) => conversation.listeners.size === 0);
      if (unused === undefined) return undefined;
      known.delete(unused.id);
    }
    return {
      id: claims.conversationId,
      userId: claims.userId,
      // Ten numbers for each second of its life are more than it can have used before a restart (see postsPerMinute), so no
      // number is given twice: the bot drops an activity whose id it has seen.
      sequence: Math.max(0, Math.floor((clock.now() - claims.bornAt) / 100)),
      history: [],
      characters: 0,
      listeners: new Set(),
      usedAt: clock.now(),
      minute: { startedAt: clock.now(), sent: 0 },
    };
  }

  return {
    open(claims, watermark) {
      const found = known.get(claims.conversationId);
      const conversation = found ?? make(claims);
      if (conversation === undefined) return undefined;
      conversation.sequence = Math.max(conversation.sequence, watermark);
      conversation.usedAt = clock.now();
      known.delete(conversation.id);
      known.set(conversation.id, conversation);
      return { conversation, isNew: found === undefined };
    },
    append(conversation, activity, clientId) {
      conversation.sequence += 1;
      const sequence = conversation.sequence;
      const id = idAt(conversation, sequence);
      const json = JSON.stringify({ ...activity, id });
      conversation.history.push({ sequence, json, ...(clientId === undefined ? {} : { clientId }) });
      conversation.characters += json.length;
      while (conversation.history.length > historyLimit || conversation.characters > historyCharacters)
        conversation.characters -= conversation.history.shift()?.json.length ?? conversation.characters;
      conversation.usedAt = clock.now();
      const frame = frameOf([json], sequence);
      for (const listener of conversation.listeners) listener.send(frame);
      return id;
    },
    idOf(conversation, clientId) {
      const known = conversation.history.find((entry) => entry.clientId === clientId);
      return known === undefined ? undefined : idAt(conversation, known.sequence);
    },
    mayPost(conversation) {
      if (clock.now() - conversation.minute.startedAt >= 60_000)
        conversation.minute = { startedAt: clock.now(), sent: 0 };
      conversation.minute.sent += 1;
      return conversation.minute.sent <= postsPerMinute;
    },
    sweep() {
      const oldest = clock.now() - idleMinutes * 60_000;
      for (const conversation of known.values()) {
        if (conversation.listeners.size === 0 && conversation.usedAt < oldest) known.delete(conversation.id);
      }
    },
    get size() {
      return known.size;
    },
  };
}
