// Finds and starts the Chromium of this machine, and opens pages that note everything that should not happen.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
];

export async function startChromium(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'] ?? usualPaths.find(existsSync);
  if (path === undefined)
    throw new Error(
      'No Chromium found: install one (Debian: apt-get install chromium) or say where it is in CHROMIUM_PATH.',
    );
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

export interface Visit {
  readonly page: Page;
  /** Console errors and warnings, exceptions, and requests to anywhere but `origin`. */
  readonly complaints: string[];
}

/** A new visitor at `origin`, whose clock shows `now` (the product's clock of the test). */
export async function visit(
  browser: Browser,
  origin: string,
  now: number,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  // The client waits 3 to 15 random seconds before it reconnects; here 3 to 4.
  await context.addInitScript(() => {
    const { random } = Math;
    Math.random = () => random() / 10;
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.clock.install({ time: now });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url().replace(/^blob:/, '');
    if (!url.startsWith(origin) && !url.startsWith('data:')) complaints.push(`request: ${url}`);
  });
  return { page, complaints };
}
