// The first words to somebody new: who this is, and what is kept of what they write.
import { alarmText } from './alarms.ts';
import { readAlarm } from './emergency.ts';
import { type Memory, newMemory } from './memory.ts';
import type { Language, Reply } from './reply.ts';
import { type Desk, say, wordsFor } from './turn.ts';

/** Raise it when the notice says something else: everybody is told once more. */
const noticeVersion = 1;

/** What was told: the version, and what the practice's settings put into it. */
export const noticeMark = ({ conversationDays, sends }: Desk['notice']): string =>
  `${noticeVersion}|${conversationDays}|${sends.join()}`;

/** Whoever cries for help is told nothing that can wait. */
export function greeting({ practice, notice }: Desk, memory: Memory, channel: string): Reply {
  const words = wordsFor(memory);
  const hello = words.greeting(practice.name, channel === 'sms');
  return say(memory, memory.halted === undefined ? `${hello}\n${words.notice(notice)}` : hello);
}

/** Only that this is no place for health; but who cries for help is told whom to call, wherever it is. */
export async function inGroup(desk: Desk, text: string, language: Language): Promise<Reply> {
  const memory = newMemory(language, 0);
  const cry = readAlarm(text);
  if (cry === undefined) return say(memory, wordsFor(memory).privateOnly());
  const heard = { ...memory, language: cry.language };
  return say(heard, await alarmText(desk, heard, cry.alarm));
}

export const languageOf = ({ activity }: { readonly activity: { readonly locale?: string } }): Language =>
  /^es\b/i.test(activity.locale ?? '') ? 'es' : 'en';

/** Others read along: Teams names the type of a conversation, and leaves the flag out in places. */
export const isShared = ({
  isGroup,
  conversationType,
}: {
  readonly isGroup?: boolean;
  readonly conversationType?: string;
}): boolean => isGroup === true || conversationType === 'groupChat' || conversationType === 'channel';
