// `npm run screenshots`: the pictures in docs/, taken of the product itself; Teams as the Agents Playground shows it, if that can be had.
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page, PageScreenshotOptions } from 'playwright-core';
import { startChromium, visit } from './chromium.ts';
import { bubbles, choices, hears, identifies, says, taps } from './patient.ts';
import { startPlayground } from './playground.ts';
import { openPractice, type Practice } from './practice.ts';

/** A Wednesday: "next tue" is February 18, as in the README's conversation. */
const startedAt = Date.parse('2025-02-12T15:00:00Z');
const desktop = { viewport: { width: 1000, height: 860 }, deviceScaleFactor: 2 };
/** A whole conversation at once. */
const tall = { viewport: { width: 800, height: 1260 }, deviceScaleFactor: 2 };
const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

async function shoot(page: Page, name: string, clip?: PageScreenshotOptions['clip']): Promise<void> {
  await page.mouse.move(0, 0);
  // Until nothing moves any more: what is new slides in, and the transcript scrolls to its end.
  await page.waitForTimeout(1_500);
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  await page.screenshot({ path, ...(clip === undefined ? {} : { clip }) });
  process.stdout.write(`docs/${name}\n`);
}

/** The height of the Playground's bar of tools. */
const playgroundBar = 50;

/** The README's conversation. */
async function booksByWriting(page: Page): Promise<void> {
  await choices(page).getByText('Book an appointment').waitFor();
  await says(page, 'can I see Dr Doe next tue afternoon at Main St');
  await hears(page, 'I understood');
  await says(page, 'Ann Bishop, March 12 1984');
  await hears(page, 'What kind of visit');
  await says(page, 'my back hurts');
  await hears(page, 'For that, this may fit');
  await taps(page, 'Sick visit');
  await hears(page, 'What time');
  await says(page, '1:30');
  await hears(page, 'Shall I book it?');
  await taps(page, 'Book it');
  await bubbles(page, 'Reference').waitFor();
}

/** A visit that the front desk made is found, moved, and put into the calendar's words. */
async function movesByWriting(page: Page): Promise<void> {
  await choices(page).getByText('Book an appointment').waitFor();
  await says(page, 'when is my appointment?');
  await hears(page, 'Whose visits');
  await says(page, 'Ann Bishop, March 12 1984');
  await hears(page, 'Your next visit');
  await says(page, 'move it to February 19 in the morning');
  await hears(page, 'What time');
  await choices(page).first().click();
  await hears(page, 'Shall I move it?');
  await taps(page, 'Move it');
  await bubbles(page, 'Your visit was moved').waitFor();
}

async function comesToTheDays(page: Page): Promise<void> {
  await identifies(page);
  await taps(page, 'Main Street');
  await taps(page, 'Dr. John Doe');
  await taps(page, 'Follow-up visit');
  await choices(page).getByText('More').waitFor();
}

async function comesToConfirm(page: Page): Promise<void> {
  await comesToTheDays(page);
  await taps(page, 'Tue Feb 18');
  await choices(page).getByText('9:15 AM').click();
  await choices(page).getByText('Book it').waitFor();
}

async function webChat(
  browser: Browser,
  name: string,
  options: BrowserContextOptions,
  talk: (page: Page) => Promise<void>,
): Promise<void> {
  const practice = await openPractice(startedAt);
  try {
    const { page } = await visit(browser, practice.origin, practice.now(), options);
    await page.goto(`${practice.origin}/chat`);
    await talk(page);
    await shoot(page, name);
    await page.context().close();
  } finally {
    await practice.close();
  }
}

/** The same on cards: what is tapped becomes a receipt, and what is answered in writing stays. */
async function booksInTeams(page: Page): Promise<void> {
  const writes = async (words: string): Promise<void> => {
    await page.locator('[contenteditable=true]').first().click();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  await button('Book an appointment').waitFor();
  await writes('can I see Dr Doe next tue afternoon at Main St');
  await page.getByText('I understood').last().waitFor();
  await writes('Ann Bishop, March 12 1984');
  await button('Sick visit').click();
  await page.getByText('What time').last().waitFor();
  await writes('1:30');
  await button('Book it').click();
  await button('Book another appointment').waitFor();
}

/** Why there is no picture of Teams, if there is none. */
async function teams(browser: Browser, practice: Practice): Promise<string | undefined> {
  const playground = await startPlayground(`${practice.origin}/api/messages`);
  if (!playground.ok) return playground.error;
  const { origin, stop } = playground.value;
  try {
    const { page } = await visit(browser, origin, Date.now(), tall);
    // It asks Microsoft's servers for fonts and effects; nothing of this goes past this machine.
    await page.route(
      (url) => url.origin !== origin,
      (route) => route.abort(),
    );
    await page.goto(origin);
    await booksInTeams(page);
    await page.getByText('Log Panel').locator('..').getByRole('button').last().click();
    // The chat, without the Playground's own tools above it.
    const { width, height } = tall.viewport;
    await shoot(page, 'teams.png', { x: 0, y: playgroundBar, width, height: height - playgroundBar });
    return undefined;
  } finally {
    await stop();
  }
}

const browser = await startChromium();
try {
  await webChat(browser, 'web-chat.png', tall, booksByWriting);
  await webChat(browser, 'web-chat-move.png', tall, movesByWriting);
  await webChat(browser, 'web-chat-phone.png', phone, comesToTheDays);
  await webChat(browser, 'web-chat-dark.png', { ...desktop, colorScheme: 'dark' }, comesToConfirm);
  const practice = await openPractice(startedAt);
  try {
    const why = await teams(browser, practice);
    if (why !== undefined) process.stdout.write(`docs/teams.png is left as it is. ${why}\n`);
  } finally {
    await practice.close();
  }
} finally {
  await browser.close();
}
