// The terminal chat as a program over streams: prints what the bot says with numbered choices, reads lines until they end.
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ChatClient, Said } from './chat-client.ts';

const shown = ({ choices, text }: Said): string =>
  [text, ...choices.map(({ label }, index) => `  ${index + 1}. ${label}`)].join('\n');

/**
 * Chats until the input ends (Ctrl-D). A number picks the choice shown under it. A person at a terminal gets a prompt; of
 * a script's lines each is repeated in the output, so that it reads as a conversation.
 */
export async function chatInTerminal(
  chat: ChatClient,
  input: Readable & { readonly isTTY?: boolean },
  output: Writable,
): Promise<void> {
  const isTerminal = input.isTTY === true;
  const lines = createInterface({ input, output, terminal: isTerminal, prompt: '> ' });
  let choices: Said['choices'] = [];
  const print = (said: readonly Said[]): void => {
    output.write(`\n${said.length === 0 ? '(no answer)' : said.map(shown).join('\n\n')}\n\n`);
    choices = said.at(-1)?.choices ?? [];
    if (isTerminal) lines.prompt();
  };
  print(chat.greeting);
  for await (const line of lines) {
    const text = line.trim();
    if (text === '') {
      if (isTerminal) lines.prompt();
      continue;
    }
    if (!isTerminal) output.write(`> ${text}\n`);
    const picked = /^\d{1,3}$/.test(text) ? choices[Number(text) - 1]?.value : undefined;
    print(await chat.say(picked ?? text));
  }
}
