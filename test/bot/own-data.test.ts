// "Show" and "delete my data" through the whole product: one's own only, said without an error, and no file holds any of it afterwards.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CodedProduct, openCodedProduct } from '../support/coded-product.ts';

let coded: CodedProduct;
beforeEach(async () => {
  coded = await openCodedProduct();
});
afterEach(() => coded.product.close());

/** Everything in the data folder; what stands there as base64, too. */
async function onDisk(): Promise<string> {
  const folder = path.join(coded.product.folder, 'store');
  const files = await readdir(folder);
  const text = (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n');
  const packed = [...text.matchAll(/[A-Za-z0-9+/]{80,}={0,2}/g)].map(([found]) =>
    Buffer.from(found, 'base64').toString(),
  );
  return [text, ...packed].join('\n');
}
const ann = /Ann|Bishop|1984-03-12|03\/12\/1984|5550101/;
const grace = /Grace|Kim|1985-12-01/;
const failures = () => coded.product.logLines.filter((line) => /failed|"error"/.test(line));
const book = 'book with Dr. Doe at Main Street, a sick visit on march 17 at 9:00';

it('shows and deletes what is one’s own, and nothing of anybody else', async () => {
  const { say, identify } = coded;
  for (const [conversation, claim] of [
    ['a', 'Ann Bishop, 03/12/1984'],
    ['g', 'Grace Kim, 12/01/1985'],
  ] as const) {
    await say(conversation, conversation === 'a' ? book : book.replace('9:00', '10:00'));
    await identify(conversation, claim);
    for (let asked = 0; asked < 3; asked += 1)
      if ((await say(conversation, 'yes')).includes('successfully booked')) break;
  }
  await say('other', 'my appointments');
  coded.clock.pass(60_000);
  await identify('other', 'Ann Bishop, 03/12/1984');
  expect(await onDisk()).toMatch(ann);
  expect(await say('a', 'my data')).toContain('1 visit, 1 message and 2 conversations;');
  expect(await say('a', 'delete my data')).toContain('Shall I delete it?');
  expect(await say('a', 'yes')).toMatch(/^Done: I deleted what I kept about you/);
  expect(await onDisk()).not.toMatch(ann);
  expect(await onDisk()).toMatch(grace);
  expect(await say('g', 'my data')).toContain('1 visit');
  // The conversation goes on as anybody's, and the other one knows nobody any more.
  expect(await say('a', 'my appointments')).toContain('Whose visits are they?');
  expect(await say('other', 'cancel it')).toContain('Whose visits are they?');
  expect(await coded.product.control.appointments()).toContainEqual(
    expect.objectContaining({ notes: expect.stringContaining('Bookadoc'), status: '' }),
  );
  expect(failures()).toEqual([]);
});

it.each([
  ['at its code', []],
  ['at the ways on', ['no code']],
  ['on the way to registering', ['no code', 'register']],
  ['while another task is asked for', ['move my visit']],
])('reaches another conversation that is half-way through the claim: %s', async (_, further) => {
  const { say, identify, texts, codeAfter } = coded;
  const before = await texts();
  await say('half', 'my appointments');
  expect(await say('half', 'Ann Bishop, 03/12/1984')).toContain('What is the code?');
  await codeAfter(before);
  await say('stranger', 'my appointments');
  expect(await say('stranger', 'Ann Bishop, 03/12/1983')).toContain('What is the code?');
  for (const text of further) await say('half', text);
  coded.clock.pass(60_000);
  await say('a', 'delete my data');
  expect(await identify('a', 'ANN  bishop 3/12/1984')).toContain('Shall I delete it?');
  expect(await onDisk()).toContain('1984-03-12');
  expect(await say('a', 'yes')).toMatch(/^Done: I deleted what I kept about you/);
  expect(await onDisk()).not.toContain('1984-03-12');
  // Begun anew, without an error; what somebody else has typed stays.
  expect(await say('half', '123456')).toContain('I am the booking assistant');
  expect(await say('stranger', '123456')).toContain('That is not the code.');
  expect(failures()).toEqual([]);
});

it('of a patient who has just registered, the contact that was proven as well', async () => {
  const { say, texts, codeAfter } = coded;
  await say('n', 'book');
  await say('n', 'Newly Marked, 05/06/1977');
  await say('n', 'no code');
  await say('n', 'register');
  const before = await texts();
  await say('n', '518 555 7177');
  await say('n', (await codeAfter(before)).code);
  await say('n', 'female');
  expect(await say('n', 'yes')).toContain('Thank you, Newly.');
  expect(await onDisk()).toMatch(/5185557177/);
  await say('n', 'delete my data');
  expect(await say('n', 'yes')).toContain('Done');
  expect(await onDisk()).not.toMatch(/Newly|Marked|1977|5557177/);
});

it('a yes that comes too late deletes nothing, not even of those who were forgotten before', async () => {
  const { say, identify } = coded;
  await say('a', 'my data');
  await identify('a', 'Ann Bishop, 03/12/1984');
  coded.clock.pass(16 * 60_000);
  await coded.product.restart();
  await expect.poll(onDisk).toContain('"who":{"id":""');
  await say('g', 'delete my data');
  await identify('g', 'Grace Kim, 12/01/1985');
  coded.clock.pass(16 * 60_000);
  expect(await say('g', 'yes')).toContain('For your privacy I forgot who you are');
  // Whose conversation is gone is greeted.
  expect(await say('a', 'hello')).not.toContain('I am the booking assistant');
});
