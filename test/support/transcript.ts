// Plays a written conversation against the bot and compares every reply of every turn.
import { expect } from 'vitest';
import type { Chat } from './chat.ts';

/**
 * Lines: `> text` is said by the patient, `< text` begins a reply of the bot, any other line continues it; choices stand
 * in brackets as the reply's last line. A turn's replies must be exactly those written, in order. `between` runs after
 * every turn.
 */
export async function play(chat: Pick<Chat, 'say'>, script: string, between = () => {}): Promise<void> {
  const turns: { said: string; replies: string[] }[] = [];
  for (const line of script
    .trim()
    .split('\n')
    .map((raw) => raw.trim())) {
    const turn = turns.at(-1);
    if (line.startsWith('> ')) turns.push({ said: line.slice(2), replies: [] });
    else if (turn === undefined) throw new Error('A transcript begins with what the patient says');
    else if (line.startsWith('< ')) turn.replies.push(line.slice(2));
    else if (line !== '') turn.replies.push(`${turn.replies.pop() ?? ''}\n${line}`);
  }
  expect(turns.length).toBeGreaterThan(0);
  for (const [at, { said, replies }] of turns.entries()) {
    expect({ turn: at + 1, said, replies: await chat.say(said) }).toEqual({ turn: at + 1, said, replies });
    between();
  }
}
