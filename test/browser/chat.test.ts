// The chat page in a real Chromium, with the whole product behind it: a patient books; refresh, restart and phone width hold.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startChromium, visit } from './chromium.ts';
import { bubbles, choices, hears, identifies, says, taps } from './patient.ts';
import { openPractice, type Practice } from './practice.ts';

// Longer than a second, which a busy machine may take for one step.
const patiently = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

let browser: Browser;
let practice: Practice;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  practice = await openPractice();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await practice.close();
});

const open = async (options = {}) => {
  const visitor = await visit(browser, practice.origin, practice.now(), options);
  await visitor.page.goto(`${practice.origin}/chat`);
  return visitor;
};

test('a patient books, and the appointment stands in the EHR', async () => {
  const { complaints, page } = await open();
  expect(await page.title()).toBe('Riverbend Family Practice');
  await identifies(page);
  await taps(page, 'Main Street');
  await taps(page, 'Dr. John Doe');
  await taps(page, 'Follow-up visit');
  await taps(page, 'Tue Feb 18');
  await taps(page, '9:15 AM');
  await hears(page, 'Shall I book it?');
  await taps(page, 'Book it');
  await hears(page, 'Your appointment has been successfully booked.');
  await hears(page, 'Tuesday, February 18, 2025 at 9:15 AM (Eastern Time)');
  await choices(page).first().waitFor();

  const [, reference] =
    /Reference\D*(\d+)/.exec((await bubbles(page, 'Reference').textContent()) ?? '') ?? [];
  const appointment = await fetch(`${practice.sandbox.origin}/api/appointments/${reference}`, {
    headers: { Authorization: `Bearer ${practice.sandbox.curlToken}` },
  });
  expect(await appointment.json()).toMatchObject({ scheduled_time: '2025-02-18T09:15:00', office: 123456 });
  expect(complaints).toEqual([]);
});

test('at phone width the days can all be seen and tapped, and nothing scrolls sideways', async () => {
  const { complaints, page } = await open({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  await identifies(page);
  await taps(page, 'Main Street');
  await taps(page, 'Dr. John Doe');
  await taps(page, 'Follow-up visit');
  await hears(page, 'Which day');
  await choices(page).getByText('More').waitFor();
  const bottomOf = (box: { y: number; height: number } | null) =>
    box === null ? Infinity : box.y + box.height;
  const top = (await choices(page).first().boundingBox())?.y ?? 0;
  await patiently(async () => bottomOf(await bubbles(page, 'Which day').last().boundingBox())).toBeLessThan(
    top,
  );
  for (const choice of await choices(page).all()) {
    const box = await choice.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(740);
  }
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  expect(complaints).toEqual([]);
});

test('in the dark the same is said', async () => {
  const { complaints, page } = await open({ colorScheme: 'dark' });
  await identifies(page);
  await taps(page, 'Main Street');
  await taps(page, 'Dr. John Doe');
  await taps(page, 'Follow-up visit');
  await taps(page, 'Tue Feb 18');
  await choices(page).getByText('9:15 AM').click();
  await hears(page, 'Shall I book it?');
  await choices(page).getByText('Book it').waitFor();
  expect(complaints).toEqual([]);
});

/** Presses a key until what has the focus fits; the focus can always be seen. */
async function pressUntil(page: Page, key: string, focused: RegExp): Promise<void> {
  for (let pressed = 0; pressed < 20; pressed += 1) {
    await page.keyboard.press(key);
    const on = String(
      await page.evaluate(
        `[document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent, document.activeElement.placeholder, document.activeElement.matches(':focus-visible')].join('|')`,
      ),
    );
    if (focused.test(on)) return expect(on).toMatch(/true$/);
  }
  throw new Error(`${key} does not lead to ${focused}`);
}

test('with the keyboard alone a step is answered, by a button and by writing', async () => {
  const { page } = await open();
  await choices(page).getByText('Book an appointment').waitFor();
  await pressUntil(page, 'Tab', /^New chat/);
  await pressUntil(page, 'Tab', /^Book an appointment/);
  await page.keyboard.press('Enter');
  await hears(page, 'first and last name');
  // The focus is in the field again, where the answer goes.
  await page.keyboard.type('Ann Bishop');
  await page.keyboard.press('Enter');
  await page.keyboard.type('03/12/1984');
  await hears(page, 'date of birth');
  await page.keyboard.press('Enter');
  await hears(page, 'Which office');
  await choices(page).getByText('Lakeside').waitFor();
  await pressUntil(page, 'Shift+Tab', /^Main Street/);
  await pressUntil(page, 'ArrowRight', /^Lakeside/);
  await page.keyboard.press('Enter');
  await hears(page, 'Which doctor');
  await bubbles(page, 'Lakeside').waitFor();
});

test('offline and online again: said so, and what could not be sent is sent', async () => {
  const { page } = await open();
  await identifies(page);
  await page.context().setOffline(true);
  await page.getByText('cannot be reached').waitFor();
  await taps(page, 'Main Street');
  const retry = page.getByRole('button', { name: /retry/i });
  await retry.waitFor({ timeout: 40_000 });
  await page.context().setOffline(false);
  await retry.click();
  await hears(page, 'Which doctor');
  expect(await page.getByText('cannot be reached').isVisible()).toBe(false);
  expect(await bubbles(page, 'Which office').count()).toBe(1);
});

test('a refresh keeps the conversation and its transcript; "New chat" begins another', async () => {
  const { page } = await open();
  await identifies(page);
  await page.reload();
  await hears(page, 'Which office');
  await hears(page, 'Ann Bishop');
  await taps(page, 'Main Street');
  await hears(page, 'Which doctor');

  await page.getByRole('button', { name: 'New chat' }).click();
  await hears(page, 'I am the booking assistant');
  await choices(page).getByText('Book an appointment').waitFor();
  expect(await bubbles(page, 'Ann Bishop').count()).toBe(0);
});

test('a restart of the server is bridged: the page reconnects by itself and goes on at the same question', async () => {
  const { page } = await open();
  await identifies(page);
  await practice.stop();
  await practice.start();
  await page.getByText('Main Street', { exact: true }).first().waitFor();
  await page.waitForResponse((response) => /conversations\/[^/]+\?watermark=/.test(response.url()), {
    timeout: 40_000,
  });
  await taps(page, 'Main Street');
  await hears(page, 'Which doctor');
  expect(await bubbles(page, 'Which office').count()).toBe(1);

  // The transcript lived in the server's memory and in the page: with both gone, the page says that the chat goes on.
  await practice.stop();
  await practice.start();
  await page.reload();
  await page.getByText('Your chat goes on where it was').waitFor();
  await says(page, 'Dr. John Doe');
  await hears(page, 'What kind of visit');
  expect(await page.getByText('Your chat goes on where it was').isVisible()).toBe(false);
});

test('an expired token is replaced and the chat goes on, its transcript kept and nothing said twice', async () => {
  const { page } = await open();
  await identifies(page);
  await page.route(/conversations\/[^/]+\?watermark=/, (route) => route.fulfill({ status: 403, json: {} }), {
    times: 1,
  });
  const refreshed = page.waitForResponse(/tokens\/refresh/, { timeout: 40_000 });
  await practice.stop();
  await practice.start();
  await refreshed;
  await taps(page, 'Main Street');
  await hears(page, 'Which doctor');
  expect(await bubbles(page, 'Which office').count()).toBe(1);
});

test('a server that is away when the page opens is waited for', async () => {
  const { page } = await open();
  await hears(page, 'I am the booking assistant');
  await page.route('**/tokens/refresh', (route) => route.abort(), { times: 1 });
  await page.reload();
  await page.getByText('cannot be reached').waitFor();
  await hears(page, 'I am the booking assistant');
  expect(await page.getByText('cannot be reached').isVisible()).toBe(false);
});

test('a browser in Spanish is greeted in Spanish, and what it types is never markup', async () => {
  const { complaints, page } = await open({ locale: 'es-MX' });
  await hears(page, 'Riverbend Family Practice');
  expect(await page.locator('html').getAttribute('lang')).toBe('es');
  await page.getByRole('button', { name: 'Nuevo chat' }).waitFor();
  await page.getByPlaceholder('Escriba un mensaje').waitFor();
  await says(page, '<img src=x onerror=alert(1)> **negrita** [x](https://evil.example)');
  await hears(page, '**negrita**');
  expect(await page.locator('main').locator('img, strong, a').count()).toBe(0);
  expect(complaints).toEqual([]);
});
