// The contract of the Ehr port: every adapter's test calls it with a practice behind the adapter and a way to disturb it.
import { afterEach, beforeEach, describe } from 'vitest';
import { bookingCases } from './ehr-booking.ts';
import { changingCases } from './ehr-changing.ts';
import { chartCases } from './ehr-charts.ts';
import { readingCases } from './ehr-reading.ts';
import { type EhrUnderTest, questionsTo } from './ehr-under-test.ts';

export function ehrContract({ name, make }: { name: string; make: () => Promise<EhrUnderTest> }): void {
  describe(`${name}: the EHR contract`, () => {
    let under: EhrUnderTest;
    const current = () => under;
    beforeEach(async () => {
      under = await make();
      await under.ehr.start();
    });
    afterEach(() => under.close());

    const questions = questionsTo(current);
    readingCases(current, questions);
    bookingCases(current, questions);
    changingCases(current, questions);
    chartCases(current);
  });
}
