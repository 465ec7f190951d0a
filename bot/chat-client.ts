// Talks to a running Bookadoc over Direct Line, for the terminal chat: say something, get what the bot says to it.
import axios from 'axios';
import { z } from 'zod';

/** One message of the bot; `choices` in the order shown. */
export interface Said {
  readonly text: string;
  readonly choices: readonly { readonly label: string; readonly value: string }[];
}

export interface ChatClient {
  /** What the bot says to a newcomer. */
  readonly greeting: readonly Said[];
  /** Says something and resolves to everything the bot says to it; empty if it says nothing within a minute. */
  say(text: string): Promise<readonly Said[]>;
}

const sessionSchema = z.object({ conversationId: z.string(), token: z.string() });
const activitySchema = z.object({
  type: z.string(),
  text: z.string().default(''),
  from: z.object({ role: z.string() }),
  inputHint: z.string().default(''),
  suggestedActions: z
    .object({
      actions: z.array(
        // What a tap says stands in `text` (messageBack) or in `value` (imBack).
        z.object({ title: z.string(), text: z.string().optional(), value: z.unknown() }),
      ),
    })
    .optional(),
});
const activitiesSchema = z.object({ activities: z.array(activitySchema), watermark: z.string() });

const pollMs = 100;
const patienceMs = 60_000;

/** A practice's own words may end up in a terminal: control characters stay out of it. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '');

/** Opens a new conversation at `origin`; undefined if no Bookadoc answers there. `locale`: a language tag. */
export async function openChat(origin: string, locale: string): Promise<ChatClient | undefined> {
  const http = axios.create({ baseURL: `${origin}/v3/directline`, timeout: 10_000, proxy: false });
  const session = sessionSchema.safeParse(
    await http.post('/tokens/generate').then(
      (answer) => answer.data,
      () => undefined,
    ),
  );
  if (!session.success) return undefined;
  const { conversationId, token } = session.data;
  const options = { headers: { Authorization: `Bearer ${token}` } };
  await http.post('/conversations', { locale }, options);
  const activitiesUrl = `/conversations/${conversationId}/activities`;
  let watermark = '';

  /** Polls until the bot waits for input: all but the last message of a turn say `ignoringInput`. */
  async function hear(): Promise<readonly Said[]> {
    const heard: Said[] = [];
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pollMs) {
      const answer = await http.get(`${activitiesUrl}?watermark=${watermark}`, options);
      const parsed = activitiesSchema.parse(answer.data);
      watermark = parsed.watermark;
      const messages = parsed.activities.filter(
        ({ from, type }) => type === 'message' && from.role === 'bot',
      );
      for (const { suggestedActions, text } of messages)
        heard.push({
          text: printable(text),
          choices: (suggestedActions?.actions ?? []).map(({ text: says, title, value }) => ({
            label: printable(title),
            value: typeof value === 'string' ? value : (says ?? title),
          })),
        });
      const last = messages.at(-1);
      if (last !== undefined && last.inputHint !== 'ignoringInput') break;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return heard;
  }

  return {
    greeting: await hear(),
    async say(text) {
      await http.post(activitiesUrl, { type: 'message', text, locale }, options);
      return hear();
    },
  };
}
