// Performs a written journey against the whole product and writes down what was said: the same text, if all is as it was written.

import { segmentsOf } from '../../bot/sms.ts';
import { serviceUrl, startChannelIdentity, token } from '../bot/channel-identity.ts';
import { happen } from './journey-events.ts';
import { createPacedClock, hurried } from './paced-clock.ts';
import { type Heard, openPerson, type Person, type Seen, tapOf } from './person.ts';
import { openPhones } from './phones.ts';
import { openProduct } from './product.ts';

/**
 * A transcript's lines: `# webchat en-US` names channel and locale, `> text` is written by the patient, `> [label]` taps the newest
 * button of that name, `* ...` is what happens meanwhile (see `journey-events.ts`). `< text` begins a message of the bot; its other
 * lines, and its buttons in brackets, follow indented. Everything but the bot's own lines is performed.
 *
 * `# webchat en-US code`: patients prove who they are, and `> {code}` types the code that came, `> {wrong code}` another one.
 * `# sms en-US account`, `# msteams en-US account`, `# msteams en-US doctor`: the same, and the channel vouches for who is writing.
 */
export async function perform(script: string): Promise<string> {
  const [, channelId = '', locale = '', proof] =
    /^# (\S+) (\S+)(?: (code|account|doctor))?$/m.exec(script) ?? [];
  const clock = hurried(createPacedClock('2025-02-17T15:00:00Z')); // a Monday, 10 AM in New York
  const isVouched = proof === 'account' || proof === 'doctor';
  const identity = isVouched ? await startChannelIdentity() : undefined;
  const product = await openProduct({
    clock,
    env: {
      PUBLIC_URL: publicUrl,
      ...(proof === undefined ? {} : { NOTIFY: 'sms', TWILIO_FROM: '+15185550112' }),
      ...(identity === undefined ? {} : credentials),
    },
    ...(identity === undefined ? {} : { channels: identity.auth }),
  });
  const phones = openPhones(product.control);
  let conversations = 0;
  const meet = (isGroup = false): Person => {
    conversations += 1;
    const conversation = isGroup ? 'group' : `private-${conversations}`;
    const sender = isVouched ? vouchedFor(channelId, proof) : {};
    return openPerson(product, { conversation, channelId, locale, isGroup, ...sender });
  };
  const stage = {
    product,
    phones,
    wait: (minutes: number) => clock.pass(minutes * 60_000),
    meet: (isGroup: boolean) => {
      person = meet(isGroup);
    },
  };
  let person = meet();
  const buttons: Seen[] = [];
  const lines: string[] = [];
  try {
    for (const line of script.split('\n')) {
      if (/^[#*>]/.test(line)) lines.push(line);
      if (line.startsWith('* ')) await happen(stage, line.slice(2));
      if (!line.startsWith('> ')) continue;
      clock.pass(readingMs);
      const said = await phones.typed(line.slice(2));
      const { status, replies } = await person.say(...written(said, buttons));
      if (status !== 200) lines.push(`< HTTP ${status}`);
      for (const reply of replies) {
        lines.push(shown(reply, channelId));
        buttons.push(...reply.choices);
      }
    }
  } catch (error) {
    throw new Error(lines.slice(-12).join('\n'), { cause: error });
  } finally {
    await product.close();
    identity?.close();
  }
  return `${lines.join('\n')}\n`;
}

/** What lies between two messages of a person who reads the first answer. */
const readingMs = 8_000;
const publicUrl = 'https://visits.riverbend.example';
const tenant = '11111111-2222-3333-4444-555555555555';
const doctor = 'dddddddd-bbbb-cccc-dddd-eeeeeeeeeeee';
const patient = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const doctorDoe = '511718';

/** As an operator sets them; who is asked for keys instead of Azure is the test's own server. */
const credentials = {
  MicrosoftAppId: '00000000-1111-2222-3333-444444444444',
  MicrosoftAppPassword: 'invented',
  PROVIDERS: `${tenant}/${doctor}=${doctorDoe}`,
  RATE_ADDRESS_PER_MINUTE: '1000000',
};

const vouchedFor = (channelId: string, proof: string | undefined) => ({
  vouched: { serviceUrl, token },
  sender:
    channelId === 'sms'
      ? { from: { id: '+15185550102' } }
      : {
          from: { id: '29:1', aadObjectId: proof === 'doctor' ? doctor : patient },
          channelData: { tenant: { id: tenant } },
        },
});

/** A text message is read as it came, with its numbers; elsewhere the numbers are for clients without buttons. */
function shown({ text, whole, choices, links }: Heard, channelId: string): string {
  // Of a sealed link, no two are alike.
  const seen = (channelId === 'sms' ? whole : text).replace(/(\/calendar\/)[\w.-]+(\.ics)/g, '$1...$2');
  if (channelId === 'sms' && segmentsOf(whole) > mostSegments)
    throw new Error(`A text message of ${segmentsOf(whole)} segments: ${whole}`);
  const labels = [
    ...(links.length === 0 ? [] : [`(${links.map(({ title }) => title).join(' | ')})`]),
    ...(channelId === 'sms' || choices.length === 0 ? [] : [bracketed(choices)]),
  ];
  return `< ${[...seen.split('\n'), ...labels].join('\n  ')}`;
}

const mostSegments = 3;

const bracketed = (choices: readonly Seen[]): string => `[${choices.map(({ label }) => label).join(' | ')}]`;

function written(text: string, buttons: readonly Seen[]): Parameters<Person['say']> {
  const label = /^\[(.+)\]$/.exec(text)?.[1];
  if (label === undefined) return [text];
  const button = buttons.findLast((one) => one.label === label || one.says === label);
  if (button === undefined) throw new Error(`No button was called ${label}`);
  const [says, more] = tapOf(button);
  return [says, more];
}
