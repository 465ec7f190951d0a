// Text messages: the alphabet, what a segment holds, how a reply is shortened, and words that belong to the carrier.
import { describe, expect, it } from 'vitest';
import { segmentsOf, toGsm7 } from '../../bot/sms.ts';
import { smsMessages } from '../../bot/sms-message.ts';
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import type { Choice, Reply } from '../../dialogs/reply.ts';

/** GSM 03.38's default alphabet by code, as its table lists it; 0x1B is the escape. */
const byCode =
  '0040 00a3 0024 00a5 00e8 00e9 00f9 00ec 00f2 00c7 000a 00d8 00f8 000d 00c5 00e5 0394 005f 03a6 0393 039b 03a9 03a0 03a8 03a3 0398 039e 001b 00c6 00e6 00df 00c9';

describe('the alphabet', () => {
  it('is GSM 03.38: 127 characters of one septet and the escape, ten of two', () => {
    const low = byCode.split(' ').map((code) => String.fromCodePoint(Number.parseInt(code, 16)));
    const ascii = Array.from({ length: 0x7f - 0x20 }, (_, n) => String.fromCharCode(0x20 + n));
    const one = [...low, ...ascii, ...'¤¡ÄÖÑÜ§¿äöñüà'].filter(
      (character) => !'\u001b[\\]^`{|}~'.includes(character),
    );
    expect(new Set(one).size).toBe(127);
    for (const character of one) {
      expect([character, toGsm7(`a${character}a`)]).toEqual([character, `a${character}a`]);
      expect([character, segmentsOf(character.repeat(160)), segmentsOf(character.repeat(161))]).toEqual([
        character,
        1,
        2,
      ]);
    }
    for (const character of '\f^{}\\[~]|€') {
      expect(toGsm7(`a${character}a`)).toBe(`a${character}a`);
      expect([character, segmentsOf(character.repeat(80)), segmentsOf(character.repeat(81))]).toEqual([
        character,
        1,
        2,
      ]);
    }
  });

  it.each([
    ['áíóú ÁÍÓÚ', 'aiou AIOU'],
    ['mañana, ¿qué? ¡sí! é è ü Ñ', 'mañana, ¿qué? ¡si! é è ü Ñ'],
    ['a\u0301 n\u0303 (two code points each)', 'a ñ (two code points each)'],
    ['“Book it” — ‘now’ – 9…10', '"Book it" - \'now\' - 9...10'],
    ['garçon Çelik Łukasz Đorđe œuvre ﬁne', 'garcon Çelik Lukasz Dorde oeuvre fine'],
    ['9:30\u202fa.\u00a0m.', '9:30 a. m.'],
    ['See you 👍🏽 then ❤️\nbye', 'See you then\nbye'],
    ['zero\u200bwidth\u202e', 'zerowidth'],
    ['Ann 李娜', 'Ann ??'],
    ['`x` ´y´ «z» ½ ™', "'x' 'y' \"z\" 1/2 TM".replace('1/2', '12')],
  ])('%j is written %j', (text, expected) => {
    expect(toGsm7(text)).toBe(expected);
  });
});

describe('segments', () => {
  it.each<[what: string, text: string, segments: number]>([
    ['nothing', '', 1],
    ['160', 'x'.repeat(160), 1],
    ['161 are two', 'x'.repeat(161), 2],
    ['306 are two', 'x'.repeat(306), 2],
    ['307 are three', 'x'.repeat(307), 3],
    ['459 are three', 'x'.repeat(459), 3],
    ['460 are four', 'x'.repeat(460), 4],
    ['an escaped character is not parted', `${'x'.repeat(152)}€${'x'.repeat(152)}`, 3],
    ['one letter outside, 70', `í${'x'.repeat(69)}`, 1],
    ['one letter outside, 71', `í${'x'.repeat(70)}`, 2],
  ])('%s', (_, text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});

const choicesOf = (...labels: readonly string[]): readonly Choice[] =>
  labels.map((label, n) => ({ key: label === 'More' ? 'more' : `k${n}`, label, value: label }));
const texted = (text: string, choices: readonly Choice[] = [], language: Reply['language'] = 'en') =>
  smsMessages({ text, language, choices }, choices);
const times = ['8:00 AM', '8:30 AM', '9:00 AM', '9:30 AM', '1:00 PM'].map((time) => `Tue Feb 18, ${time}`);

describe('a reply', () => {
  it('numbers its choices; "more" is 0, last, and takes no number', () => {
    expect(texted('Which?', choicesOf('One', 'More', 'Two'))).toEqual(['Which?\n1 One\n2 Two\n0 more']);
  });

  it('shows five at most, and says that there are more', () => {
    expect(texted('Which?', choicesOf('a', 'b', 'c', 'd', 'e', 'f'))).toEqual([
      'Which?\n1 a\n2 b\n3 c\n4 d\n5 e\n0 more',
    ]);
    expect(texted('¿Cuál?', choicesOf('a', 'b', 'c', 'd', 'e', 'f'), 'es')[0]).toMatch(/\n0 mas$/);
  });

  it('keeps its labels where they fit into one message', () => {
    expect(texted('What time?', choicesOf(...times))).toEqual([
      ['What time?', ...times.map((time, n) => `${n + 1} ${time}`)].join('\n'),
    ]);
  });

  it('shortens dates where that makes one message of two', () => {
    const sentence = 'That time is not open. These are the closest ones to it:';
    const [message = '', ...more] = texted(sentence, choicesOf(...times));
    expect([more, segmentsOf(message)]).toEqual([[], 1]);
    expect(message).toContain('\n1 Tue 2/18 8:00a\n');
    const spanish = choicesOf(...times.map((_, n) => `mar 18 feb, ${n + 8}:30 a. m.`));
    expect(texted('Esa hora no está libre. Lo más cercano es:', spanish)).toEqual([
      expect.stringContaining('\n1 mar 18 feb 8:30a\n'),
    ]);
  });

  it('in two messages either way keeps its labels', () => {
    const [message = ''] = texted('x'.repeat(150), choicesOf(...times));
    expect(message).toContain('Tue Feb 18, 8:00 AM');
  });

  it('over three segments cuts labels, then the list', () => {
    const long = choicesOf(...Array.from({ length: 5 }, (_, n) => `${n} ${'long name '.repeat(12)}`));
    const [cut = ''] = texted('Which?', long);
    expect(cut).toMatch(/^Which\?\n1 0 long name long name long\.\.\n/);
    const [short = ''] = texted('x'.repeat(380), long);
    expect([short.match(/\n\d /g)?.length, segmentsOf(short)]).toEqual([3, 3]);
    expect(short).toMatch(/\n0 more$/);
  });

  it('that is too long alone is parted at its lines, nothing of it lost', () => {
    const lines = Array.from({ length: 12 }, (_, n) => `Fact ${n}: ${'word '.repeat(12)}end`);
    const parts = texted(lines.join('\n'), choicesOf('Book it'));
    expect(parts.slice(0, -1).join('\n')).toBe(lines.join('\n'));
    expect(parts.at(-1)).toBe('1 Book it');
    for (const part of parts) expect(segmentsOf(part)).toBeLessThanOrEqual(3);
  });

  it('of one endless word is parted, too', () => {
    const parts = texted('x'.repeat(1_000));
    expect(parts.join('')).toHaveLength(1_000);
    for (const part of parts) expect(segmentsOf(part)).toBeLessThanOrEqual(3);
  });
});

describe('words that the carrier answers before us', () => {
  // The opt-out and help words of US carriers, and those of Twilio that opt a number back in.
  const carriers =
    'STOP,STOPALL,UNSUBSCRIBE,CANCEL,END,QUIT,REVOKE,OPT OUT,OPTOUT,START,YES,UNSTOP,HELP,INFO'.split(',');
  const isCarriers = (words: string): boolean => carriers.includes(words.trim().toUpperCase());

  /** Stands for any fact that a sentence may name: a date, a number, a list of names, or an object of such. */
  const fact = Object.assign(new String('2025-02-18T09:30'), {
    ...{ person: 'Ann', doctor: 'Dr. Lee', office: 'Main St', phone: '555', otherVisit: 'then' },
    ...{ join: () => 'Dr. Lee', toReversed: () => ['Dr. Lee'] },
    ...{ localStart: '2025-02-18T09:30', timeZone: 'America/New_York', leadMinutes: 60, horizonDays: 60 },
    ...{ conversationDays: 30, sends: ['sms', 'email'] },
  });
  const zone = 'America/New_York';
  // A zone must be a real one; everything else is content with a fact.
  const saying = (sentence: CallableFunction): unknown => {
    try {
      return Reflect.apply(sentence, undefined, [fact, zone, zone]);
    } catch {
      return Reflect.apply(sentence, undefined, [zone]);
    }
  };
  const said = (entry: unknown): readonly string[] => {
    if (typeof entry === 'function') {
      const says = saying(entry);
      return typeof says === 'string' ? [says] : said(says);
    }
    return typeof entry === 'object' && entry !== null ? Object.values(entry).flatMap(said) : [];
  };

  it.each(['en', 'es'] as const)('none is asked for in a sentence, or is a choice: %s', (language) => {
    const sentences = said(phrasesOf(language)).flatMap((text) => texted(text, [], language));
    expect(sentences.length).toBeGreaterThan(90);
    const asked = sentences.flatMap((text) => [...text.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word));
    expect(asked).toContain({ en: 'español', es: 'English' }[language]);
    expect([...asked, ...sentences].filter(isCarriers)).toEqual([]);
  });
});
