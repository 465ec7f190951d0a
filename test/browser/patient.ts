// What a patient does on the chat page: reads bubbles, taps choices, writes.
import type { Page } from 'playwright-core';

/** What is said stands in bubbles, as text or as a card; elsewhere it is repeated for screen readers. */
export const bubbles = (page: Page, words: string) =>
  page.locator('.webchat__bubble__content', { hasText: words });
export const hears = (page: Page, words: string) => bubbles(page, words).last().waitFor();
export const choices = (page: Page) => page.getByRole('toolbar').getByRole('button');
export const taps = (page: Page, label: string) => choices(page).getByText(label, { exact: true }).click();

export async function says(page: Page, words: string): Promise<void> {
  await page.getByPlaceholder(/Write a message|Escriba un mensaje/).fill(words);
  await page.keyboard.press('Enter');
}

export async function identifies(page: Page): Promise<void> {
  await taps(page, 'Book an appointment');
  await hears(page, 'first and last name');
  await says(page, 'Ann Bishop');
  await hears(page, 'date of birth');
  await says(page, '03/12/1984');
  await hears(page, 'Which office');
}
