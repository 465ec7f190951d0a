// Several people, one conversation: visits, undo, news and calendar links are of whoever has proven to be their patient, and of nobody else.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CodedProduct, openCodedProduct } from '../support/coded-product.ts';

let coded: CodedProduct;
let patientOfIna = '';
beforeEach(async () => {
  coded = await openCodedProduct();
  const chart = { first_name: 'Ina', last_name: 'Marked', date_of_birth: '1971-07-11', gender: 'Female' };
  const [ina = 0] = await coded.product.control.addPatients([
    { ...chart, doctor: 511718, cell_phone: '(518) 555-7171' },
  ]);
  patientOfIna = String(ina);
});
afterEach(() => coded.product.close());

const ina = 'Ina Marked, 07/11/1971';
const grace = 'Grace Kim, 12/01/1985';
const rowsOfIna = async () =>
  (await coded.product.control.appointments()).filter(({ patient }) => String(patient) === patientOfIna);
const liveOfIna = async () => (await rowsOfIna()).filter(({ status }) => status === '');
/** To the check of a visit of Ina's. */
async function toCheck(conversation: string): Promise<void> {
  await coded.say(conversation, 'book with Dr. Doe at Main Street, a sick visit on march 17 at 9:00');
  expect(await coded.identify(conversation, ina)).toContain('Shall I book it?');
}
async function book(conversation: string): Promise<void> {
  await toCheck(conversation);
  expect(await coded.say(conversation, 'yes')).toContain('successfully booked');
}

it('after a change of person nothing that was shown to the one before can be acted on', async () => {
  const { say, identify } = coded;
  await book('a');
  expect(await say('a', 'my appointments')).toContain('March 17');
  await say('a', 'sign out');
  await say('a', 'my appointments');
  await identify('a', grace);
  for (const text of ['cancel it', 'yes', '1', 'cancel', 'undo', 'move it', 'the first one', 'stop'])
    expect(await say('a', text)).not.toMatch(/March 17|Ina/);
  expect(await liveOfIna()).toHaveLength(1);
  // The person before comes back, and has it still.
  await say('a', 'sign out');
  await say('a', 'my appointments');
  coded.clock.pass(60_000);
  expect(await identify('a', ina)).toContain('March 17');
});

it('an undo is over with a change of person, within its minute, too', async () => {
  const { say, identify } = coded;
  await book('a');
  await say('a', 'cancel it');
  expect(await say('a', 'yes')).toContain('Your visit is cancelled');
  await say('a', 'sign out');
  await say('a', 'my appointments');
  await identify('a', grace);
  await say('a', 'stop');
  expect(await say('a', 'undo')).not.toMatch(/stands again|March 17/);
  expect(await liveOfIna()).toHaveLength(0);
});

it('what became of a booking is told to its patient, not to whoever writes there meanwhile', async () => {
  const { say, identify, product } = coded;
  await toCheck('a');
  await product.control.fault({ method: 'POST', path: '/api/appointments', effect: 'commit-then-drop' });
  await product.control.fault({ method: 'GET', path: '/api/appointments', effect: 'stale-lists', times: 20 });
  expect(await say('a', 'yes')).toContain('I could not confirm whether your appointment is booked.');
  await product.control.clearFaults();
  await product.restart();
  await expect.poll(() => product.logLines.join()).toContain('booking reconciled');
  const news = /booked\. |March 17|Dr\. John Doe/;
  // Another conversation; silence; another person.
  expect(await say('b', 'hello')).not.toMatch(news);
  coded.clock.pass(16 * 60_000);
  expect(await say('a', 'hello')).not.toMatch(news);
  await say('a', 'my appointments');
  expect(await identify('a', grace)).not.toMatch(news);
  expect(await say('a', 'sign out')).not.toMatch(news);
  await say('a', 'my data');
  expect(await identify('a', ina)).not.toContain('something went wrong');
  expect(await say('a', 'hello')).toMatch(
    /^Good news about the appointment I was not sure of: it is booked\./,
  );
  expect(await say('a', 'hello')).not.toMatch(news);
});
