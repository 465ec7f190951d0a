// What is said in an emergency, before anything else; nothing is asked or recorded until the patient says that it may go on.
import { readCommand } from './commands.ts';
import type { Alarm } from './emergency.ts';
import { phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { type Desk, type Said, say, wordsFor } from './turn.ts';

export async function alarmed(desk: Desk, memory: Memory, alarm: Alarm): Promise<Said> {
  // Said in full once; who writes on is told the number and the way back, and no more.
  const isAgain = memory.halted === alarm;
  const text = isAgain
    ? wordsFor(memory).alarmAgain[alarm](desk.numbers)
    : await alarmText(desk, memory, alarm);
  return { memory: { ...memory, halted: alarm }, replies: [say(memory, text, goOnOptions(memory))] };
}

export const alarmText = async (desk: Desk, memory: Memory, alarm: Alarm): Promise<string> =>
  wordsFor(memory).alarm[alarm]({ ...desk.numbers, phone: await phoneFor(desk, memory) });

export const goOnOptions = (memory: Memory) => [{ key: 'go-on', label: wordsFor(memory).goOnLabel() }];

/** Who asks for another language in an emergency gets the numbers in it. */
export function inLanguageOf(text: string, memory: Memory): Memory {
  const command = readCommand(text, true);
  if (command !== 'spanish' && command !== 'english') return memory;
  return { ...memory, language: command === 'spanish' ? 'es' : 'en', languageChosen: true };
}
