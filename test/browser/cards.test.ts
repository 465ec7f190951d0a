// Cards and marked buttons in the real Web Chat: what is shown, what is read out, and what a tap sends.
import type { Activity } from 'botbuilder';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { renderReplies } from '../../bot/channels.ts';
import { readTap } from '../../bot/taps.ts';
import type { Turns } from '../../bot/turn.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { everyReply, hostileReply } from '../bot/replies.ts';
import { type Service, startService } from '../directline/service.ts';
import { startChromium, type Visit, visit } from './chromium.ts';

// Longer than a second, which a busy machine may take for one step.
const patiently = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

let browser: Browser;
let service: Service;
let heard: Activity[];
let next: readonly Reply[];
/** Says what is `next`, whatever is said. */
const talking: Turns = {
  async run(activity, deliver) {
    heard.push(activity);
    await deliver(renderReplies(next, activity));
    return 'done';
  },
  async idle() {},
};
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  heard = [];
  next = [{ text: 'Hello!', language: 'en' }];
  service = await startService({ turns: talking });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await service.stop();
});

const kind = (name: string): readonly Reply[] => everyReply.en[name] ?? [];

async function open(replies: readonly Reply[], options = {}): Promise<Visit> {
  next = replies;
  const visitor = await visit(browser, service.origin, service.clock.at, options);
  await visitor.page.goto(`${service.origin}/chat`);
  await bubbles(visitor.page).first().waitFor();
  return visitor;
}
const bubbles = (page: Page) => page.locator('.webchat__bubble__content');
const choices = (page: Page) => page.getByRole('toolbar').getByRole('button');
const says = async (page: Page, words: string) => {
  await page.getByRole('textbox', { name: /message input/i }).fill(words);
  await page.keyboard.press('Enter');
};

test('a visit to confirm is a card of its facts, and its sentences stand once', async () => {
  const { complaints, page } = await open(kind('the visit to confirm'));
  await page.locator('.ac-factset').waitFor();
  const shown = (await bubbles(page).allInnerTexts()).join('\n');
  for (const words of ['There is only one office', 'Please check your appointment', 'Shall I book it?'])
    expect(shown.split(words), words).toHaveLength(2);
  expect(await bubbles(page).count()).toBe(1);
  expect(complaints).toEqual([]);
});

test('a screen reader is read the text and the choices of a card, once', async () => {
  const { page } = await open(next);
  await page.evaluate(`
    window.read = [];
    const region = document.querySelector('.webchat__live-region-transcript[aria-live="polite"]');
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) window.read.push(node.innerText);
    }).observe(region, { childList: true });`);
  next = kind('the visit to confirm');
  await says(page, 'go on');
  await page.locator('.ac-factset').waitFor();
  await patiently(() => page.evaluate('window.read.join("\\n")')).toContain('Book it, Change something');
  const read = String(await page.evaluate('window.read.join("\\n")'));
  expect(read.match(/Ann Bishop/g)).toHaveLength(1);
  expect(read).toContain('When: Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)');
});

test('a tap says its value and its mark, and shows its label, also after a refresh', async () => {
  const { page } = await open([
    {
      text: 'Which day?',
      language: 'en',
      question: { step: 'day', nonce: 'n0nce' },
      choices: [{ key: 'k1', label: 'Tue Feb 18', value: '2025-02-18' }],
    },
  ]);
  next = [{ text: 'Thank you.', language: 'en' }];
  await choices(page).click();
  await bubbles(page).getByText('Thank you.').waitFor();
  const tapped = heard.at(-1);
  expect(tapped?.text).toBe('2025-02-18');
  expect(readTap({ value: tapped?.value })).toEqual({ step: 'day', nonce: 'n0nce', key: 'k1' });
  for (const again of [false, true]) {
    if (again) await page.reload();
    await bubbles(page).getByText('Thank you.').waitFor();
    expect(await bubbles(page).allInnerTexts()).toEqual(['Which day?', 'Tue Feb 18', 'Thank you.']);
  }
});

test('one time stands under what was said without a pause, and another after it', async () => {
  const times = (page: Page) => page.locator('.webchat__activity-status').filter({ visible: true });
  const { page } = await open(next);
  await says(page, 'one');
  await patiently(() => bubbles(page).count()).toBe(3);
  await patiently(() => times(page).count()).toBe(1);
  service.clock.at += 6 * 60_000;
  await page.clock.fastForward(6 * 60_000);
  await says(page, 'two');
  await patiently(() => bubbles(page).count()).toBe(5);
  await patiently(() => times(page).count()).toBe(2);
});

test('a hostile name is text in the card, in its button and in its bubble', async () => {
  const { complaints, page } = await open([hostileReply]);
  await page.locator('.ac-factset').waitFor();
  expect(await page.locator('main').locator('img, strong, em, a, code, li, b').count()).toBe(0);
  // Also before the server has sent it back.
  await page.route('**/activities', () => undefined, { times: 1 });
  await choices(page).click();
  await patiently(() => bubbles(page).count()).toBe(2);
  expect(await page.locator('main').locator('img, strong, em, a, code, li, b').count()).toBe(0);
  expect(complaints).toEqual([]);
});

/** The least contrast of what can be read now, by what it is; text as it is drawn, over the backgrounds under it. */
const contrasts = `(() => {
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const backdrop = (element) => {
    if (element === null) return [255, 255, 255];
    const color = numbers(getComputedStyle(element).backgroundColor);
    return color.length > 0 && (color[3] ?? 1) > 0 ? over(color, backdrop(element.parentElement)) : backdrop(element.parentElement);
  };
  const light = (color) => {
    const [r, g, b] = color.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const contrast = (element, color) => {
    const under = backdrop(element);
    const [a, b] = [light(over(numbers(color), under)), light(under)];
    return Math.max(a, b) / Math.min(a, b);
  };
  const least = (selector) => Math.min(...[...document.querySelectorAll(selector)].map((element) => contrast(element, getComputedStyle(element).color)));
  const field = document.querySelector('[data-id="webchat-sendbox-input"]');
  return {
    title: least('h1'),
    newChat: least('header button'),
    bubbles: least('.webchat__text-content'),
    card: least('.ac-textBlock p'),
    buttons: least('[role=toolbar] button'),
    times: least('.webchat__activity-status'),
    typed: contrast(field, getComputedStyle(field).color),
    placeholder: contrast(field, getComputedStyle(field, '::placeholder').color),
  };
})()`;

test.each([
  ['light', '#0b5f7a'],
  ['dark', '#0b5f7a'],
  ['dark', '#000000'],
  ['dark', '#767676'],
  ['light', '#767676'],
] as const)('%s, with %s: everything has a contrast of 4.5', async (colorScheme, color) => {
  await service.stop();
  service = await startService({ turns: talking, color });
  const { page } = await open(kind('the visit to confirm'), { colorScheme });
  await page.locator('.ac-factset').waitFor();
  next = kind('times in a grid, with more');
  await choices(page).first().click();
  await choices(page).getByText('Another day').waitFor();
  await page.mouse.move(0, 0);
  const found = z.record(z.string(), z.number()).parse(await page.evaluate(contrasts));
  expect(Object.keys(found)).toHaveLength(8);
  expect(Object.entries(found).filter(([, contrast]) => contrast < 4.5)).toEqual([]);
  const isDark = await page.evaluate(`getComputedStyle(document.body).backgroundColor`);
  expect(isDark).toBe(colorScheme === 'dark' ? 'rgb(17, 24, 28)' : 'rgb(243, 247, 249)');
});

test('the system turning dark turns the open chat dark', async () => {
  const { page } = await open(kind('the visit to confirm'));
  const bubble = `getComputedStyle(document.querySelector('.webchat__bubble__content')).backgroundColor`;
  expect(await page.evaluate(bubble)).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await patiently(() => page.evaluate(bubble)).toBe('rgb(30, 41, 47)');
});

test.each([
  ['a phone of 360 px', { width: 360, height: 640 }],
  ['1280 px at 200 % zoom', { width: 640, height: 400 }],
  ['1280 px at 400 % zoom', { width: 320, height: 256 }],
])('on %s nothing scrolls sideways, and what is asked can be seen', async (_, viewport) => {
  const { page } = await open(kind('the visit to confirm'), { viewport });
  await page.locator('.ac-factset').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  const wide = await page.evaluate(`[...document.querySelectorAll('main *')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 1 && getComputedStyle(element).visibility === 'visible' && (left < 0 || right > innerWidth + 0.5);
  }).map((element) => element.className)`);
  expect(wide).toEqual([]);
  next = kind('times in a grid, with more');
  await choices(page).first().click();
  await choices(page).getByText('Another day').scrollIntoViewIfNeeded();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
  expect(await page.getByRole('textbox', { name: /message input/i }).isVisible()).toBe(true);
});

test('a visit that was booked has a button that fetches its calendar file from this server', async () => {
  const { complaints, page } = await open([
    {
      text: 'Booked.\nWith: Dr. John Doe',
      language: 'en',
      card: { title: 'Booked.', rows: [{ label: 'With', value: 'Dr. John Doe' }] },
      link: { label: 'Add to calendar', path: '/calendar/a.b-c.ics' },
    },
  ]);
  const asked = page.context().waitForEvent('request', (request) => request.url().includes('/calendar/'));
  await bubbles(page).getByRole('button', { name: 'Add to calendar' }).click();
  expect((await asked).url()).toBe(`${service.origin}/calendar/a.b-c.ics`);
  expect(complaints).toEqual([]);
});
