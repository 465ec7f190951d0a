// What a patient sees beside a turn: typing, then "still checking"; results that came too late; and that it goes too fast.
import type { Activity } from 'botbuilder';
import type { Language, Reply } from '../dialogs/reply.ts';
import { conversationKey } from './activity.ts';
import { renderReplies, typingFor } from './channels.ts';

/** Waiting, passed in: tests do not wait. */
export interface Timers {
  /** Calls `work` once after `ms`, unless the returned function takes it back before. */
  after(ms: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

const typingAfterMs = 300;
// Teams and Web Chat let it vanish after a few seconds.
const typingAgainMs = 4_000;
const checkingAfterMs = 5_000;
/** Types of activity that the bot answers in words. */
const worked = new Set(['message', 'conversationUpdate']);
/** Conversations whose language, or late result, is kept; the longest unused go first. */
const mostKept = 5_000;

const checking: Readonly<Record<Language, string>> = {
  en: 'I am still checking. One moment, please.',
  es: 'Lo sigo revisando. Un momento, por favor.',
};
const askAgain: Readonly<Record<Language, string>> = {
  en: 'I am still checking. Please write to me again in a moment: I will tell you then.',
  es: 'Lo sigo revisando. Escríbame otra vez en un momento y se lo digo.',
};
const tooFast: Readonly<Record<Language, string>> = {
  en: 'That was a little fast for me. Please wait a minute, then write again.',
  es: 'Fue un poco rápido para mí. Espere un minuto y escríbame otra vez.',
};

export interface SlowTurns {
  /**
   * Shows that work goes on for a message: typing soon and again, "still checking" once. One message of a conversation at a
   * time, or a patient who writes three times would be told three times. The returned function ends it, and resolves when
   * nothing of it is under way any more: what is sent then comes after it.
   */
  showWork(
    incoming: Activity,
    send: (activity: Partial<Activity>) => Promise<void> | void,
  ): () => Promise<void>;
  /** "Still checking", where nothing can be sent later: asks for another message. */
  askAgain(incoming: Activity): readonly Partial<Activity>[];
  /** Asks for a pause, where more came in a minute than is answered. */
  tooFast(incoming: Activity): readonly Partial<Activity>[];
  /** Notes what was said, for the language of what is said while the next turn takes long. */
  noteSaid(incoming: Activity, said: readonly Partial<Activity>[]): void;
  /** Keeps replies whose answer had gone out already. In memory: bookings that a crash cuts off are told by `newsFor`. */
  owe(incoming: Activity, replies: readonly Partial<Activity>[]): void;
  /** The replies owed to a conversation, once, to be said before `next`; only the last of all offers choices. */
  withOwed(incoming: Activity, next: readonly Partial<Activity>[]): readonly Partial<Activity>[];
}

export function createSlowTurns(timers: Timers = systemTimers): SlowTurns {
  const shown = new Set<string>();
  const languages = new Map<string, Language>();
  const owed = new Map<string, readonly Partial<Activity>[]>();

  const languageOf = (incoming: Activity): Language =>
    languages.get(conversationKey(incoming)) ?? languageOfLocale(incoming.locale);
  const say = (
    incoming: Activity,
    texts: Readonly<Record<Language, string>>,
  ): readonly Partial<Activity>[] => {
    const language = languageOf(incoming);
    const reply: Reply = { text: texts[language], language };
    return renderReplies([reply], incoming);
  };

  return {
    showWork(incoming, send) {
      const key = conversationKey(incoming);
      if (!worked.has(incoming.type) || shown.has(key)) return async () => {};
      shown.add(key);
      let isOver = false;
      let sending: Promise<void> = Promise.resolve();
      const queue = (activity: Partial<Activity> | undefined): void => {
        if (activity === undefined) return;
        sending = sending.then(() => (isOver ? undefined : send(activity))).catch(() => undefined);
      };
      // Most turns end before the first of these: one timer is all that they cost.
      const pending: (() => void)[] = [];
      const showTyping = (): void => {
        queue(typingFor(incoming));
        pending[0] = timers.after(typingAgainMs, showTyping);
      };
      pending[0] = timers.after(typingAfterMs, () => {
        showTyping();
        // Who has only come, and asked nothing, is not told about checking.
        if (incoming.type !== 'message') return;
        pending[1] = timers.after(checkingAfterMs - typingAfterMs, () => {
          for (const activity of say(incoming, checking)) queue({ ...activity, inputHint: 'ignoringInput' });
          queue(typingFor(incoming));
        });
      });
      return () => {
        if (!isOver) shown.delete(key);
        isOver = true;
        for (const takeBack of pending) takeBack();
        return sending;
      };
    },
    askAgain: (incoming) => say(incoming, askAgain),
    tooFast: (incoming) => say(incoming, tooFast),
    noteSaid(incoming, said) {
      const locale = said.at(-1)?.locale;
      if (locale !== undefined) keep(languages, conversationKey(incoming), languageOfLocale(locale));
    },
    owe(incoming, replies) {
      const key = conversationKey(incoming);
      if (replies.length > 0) keep(owed, key, [...(owed.get(key) ?? []), ...replies]);
    },
    withOwed(incoming, next) {
      const key = conversationKey(incoming);
      const late = owed.get(key);
      if (late === undefined) return next;
      owed.delete(key);
      return next.length === 0 ? late : [...late.map(withoutChoices), ...next];
    },
  };
}

const languageOfLocale = (locale: string | undefined): Language =>
  locale?.toLowerCase().startsWith('es') === true ? 'es' : 'en';

function withoutChoices({ suggestedActions, ...reply }: Partial<Activity>): Partial<Activity> {
  return { ...reply, inputHint: 'ignoringInput' };
}

function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size <= mostKept) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}
