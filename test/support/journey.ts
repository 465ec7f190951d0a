// Performs a written journey against the whole product and writes down what was said: the same text, if all is as it was written.

import { createPacedClock } from './paced-clock.ts';
import { openPerson, type Person, type Seen, tapOf } from './person.ts';
import { openProduct, type Product } from './product.ts';

/**
 * A transcript's lines: `# webchat en-US` names channel and locale, `> text` is written by the patient, `> [label]` taps the newest
 * button of that name, `* ...` is what happens meanwhile (see `events`). `< text` begins a message of the bot; its other
 * lines, and its buttons in brackets, follow indented. Everything but the bot's own lines is performed.
 */
export async function perform(script: string): Promise<string> {
  const [, channelId = '', locale = ''] = /^# (\S+) (\S+)$/m.exec(script) ?? [];
  const clock = createPacedClock('2025-02-17T15:00:00Z'); // a Monday, 10 AM in New York
  const product = await openProduct({ clock });
  const meet = (isGroup: boolean): Person =>
    openPerson(product, { conversation: isGroup ? 'group' : 'private', channelId, locale, isGroup });
  const stage: Stage = {
    product,
    wait: (minutes) => clock.pass(minutes * 60_000),
    meet: (isGroup) => {
      person = meet(isGroup);
    },
  };
  let person = meet(false);
  const buttons: Seen[] = [];
  const lines: string[] = [];
  try {
    for (const line of script.split('\n')) {
      if (/^[#*>]/.test(line)) lines.push(line);
      if (line.startsWith('* ')) await happen(stage, line.slice(2));
      if (!line.startsWith('> ')) continue;
      clock.pass(readingMs);
      const { status, replies } = await person.say(...written(line.slice(2), buttons));
      if (status !== 200) lines.push(`< HTTP ${status}`);
      for (const { text, whole, choices } of replies) {
        // A text message is read as it came, with its numbers; elsewhere the numbers are for clients without buttons.
        const shown = channelId === 'sms' ? whole : text;
        const labels = channelId === 'sms' || choices.length === 0 ? [] : [bracketed(choices)];
        lines.push(`< ${[...shown.split('\n'), ...labels].join('\n  ')}`);
        buttons.push(...choices);
      }
    }
  } finally {
    await product.close();
  }
  return `${lines.join('\n')}\n`;
}

/** What lies between two messages of a person who reads the first answer. */
const readingMs = 8_000;

const bracketed = (choices: readonly Seen[]): string => `[${choices.map(({ label }) => label).join(' | ')}]`;

function written(text: string, buttons: readonly Seen[]): Parameters<Person['say']> {
  const label = /^\[(.+)\]$/.exec(text)?.[1];
  if (label === undefined) return [text];
  const button = buttons.findLast((one) => one.label === label || one.says === label);
  if (button === undefined) throw new Error(`No button was called ${label}`);
  const [says, more] = tapOf(button);
  return [says, more];
}

interface Stage {
  readonly product: Product;
  readonly wait: (minutes: number) => void;
  readonly meet: (isGroup: boolean) => void;
}

const doctorDoe = 511718;
const mainStreet = 123456;
const noahCastellano = 125651759;

/** What can happen between two messages. */
const events: readonly (readonly [
  RegExp,
  (stage: Stage, ...said: readonly string[]) => Promise<void> | void,
])[] = [
  [/^(\d+) minutes pass$/, ({ wait }, minutes = '') => wait(Number(minutes))],
  [/^in a group$/, ({ meet }) => meet(true)],
  [/^in private$/, ({ meet }) => meet(false)],
  [
    /^the front desk gives Dr\. Doe's (\S+) (\S+) to somebody else$/,
    ({ product }, day = '', time = '') =>
      product.control.addAppointment({
        doctor: doctorDoe,
        office: mainStreet,
        patient: noahCastellano,
        exam_room: 4,
        scheduled_time: `${day}T${time}:00`,
        duration: 30,
      }),
  ],
  [
    /^the EHR is down$/,
    ({ product }) => product.control.fault({ path: '/api/', effect: 'status', status: 503, times: 0 }),
  ],
  [/^the EHR is back$/, ({ product }) => product.control.clearFaults()],
];

async function happen(stage: Stage, text: string): Promise<void> {
  for (const [pattern, event] of events) {
    const found = pattern.exec(text);
    if (found !== null) return event(stage, ...found.slice(1));
  }
  throw new Error(`Nobody knows how to do this: ${text}`);
}
