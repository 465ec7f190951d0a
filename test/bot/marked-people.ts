// Invented people whose every fact carries a mark, how the marks are found, and how one of them books a visit.
import { z } from 'zod';

export const person = (n: number) => ({
  first_name: `Markedfirst${'abcdefgh'[n]}`,
  last_name: 'Markedlast',
  date_of_birth: `1971-07-1${n}`,
  gender: 'Female',
  cell_phone: `(518) 555-717${n}`,
  email: `marked${n}@mail.example`,
});
/** Names, words, secrets; birth dates and phones as anybody would write them. Long enough not to turn up in a time or an id. */
const pattern = /marked|1971-?07-?1\d|0?7\/1\d\/(19)?71|july 1\d|555[- ]717|518555717\d/i;
export const isMarked = (text: string): boolean => pattern.test(text);

/** A reply's words; on Teams all of them are in the card. */
const reply = z
  .looseObject({
    text: z.string().default(''),
    attachments: z.array(z.unknown()).default([]),
    suggestedActions: z.object({ actions: z.array(z.object({ title: z.string() })) }).optional(),
  })
  .transform(({ text, attachments, suggestedActions }) => {
    const card = JSON.stringify(attachments);
    const first =
      suggestedActions?.actions[0]?.title ?? /"type":"Action\.Submit","title":"([^"]+)"/.exec(card)?.[1];
    return { text: `${text}\n${text === '' ? card : ''}`, first: first ?? /^1 (.+)$/m.exec(text)?.[1] };
  });
export const replies = z.object({ activities: z.array(reply) });
export type Said = z.infer<typeof replies>['activities'];

export type Say = (text: string) => Promise<Said>;
export const textOf = (said: Said): string => said.map((reply) => reply.text).join('\n');
const bookOpening = (n: number): string =>
  `I am ${person(n).first_name} ${person(n).last_name}, a sick visit with Dr. Doe at Main Street please, Markedwords`;

/** Answers whatever is asked, by the first choice where there is one, until `done` is said. `code`: the last that came to the person's phone. */
export async function converse(
  n: number,
  say: Say,
  done: RegExp,
  code: (n: number) => Promise<string>,
  opening = bookOpening(n),
): Promise<string> {
  const { first_name, last_name } = person(n);
  let said = await say(opening);
  for (let turns = 0; turns < 16; turns += 1) {
    const text = textOf(said);
    if (done.test(text)) return text;
    const answer = /What is the code\?/.test(text)
      ? await code(n)
      : /birth/i.test(text)
        ? `07/1${n}/1971`
        : /book it\?/i.test(text)
          ? (/^1 Book it/m.exec(text)?.[0].charAt(0) ?? 'yes') // On SMS "yes" is the carrier's word.
          : /first and last name/i.test(text)
            ? `${first_name} ${last_name}`
            : (said.at(-1)?.first ?? 'hello');
    said = await say(answer);
  }
  throw new Error(`no end: ${textOf(said)}`);
}

export const booked = /successfully booked/i;
