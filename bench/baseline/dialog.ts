// The stock way to book in a chat: a waterfall of text and choice prompts in a component, answers kept in step values.
import {
  ChoiceFactory,
  ChoicePrompt,
  ComponentDialog,
  type FoundChoice,
  ListStyle,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { z } from 'zod';
import { en } from '../../dialogs/phrases/en.ts';
import { cardText } from '../../dialogs/reply.ts';
import type { Lists } from './lists.ts';

export const bookingDialog = 'booking';
const text = 'text';
const choice = 'choice';

interface Answers {
  name?: string;
  office?: string;
  doctor?: string;
  visitType?: string;
  day?: string;
  time?: string;
}

const typed = z.string();
// Every answer is kept in `step.values`, which the SDK types as an object of anything.
const answersOf = (step: WaterfallStepContext): Answers => step.values;
const picked = (step: WaterfallStepContext): string => {
  const found: FoundChoice = step.result;
  return found.value;
};

/** Asks for the name, birth date, office, doctor, visit type, day, time and a yes; says "booked" without any EHR. */
export function createBookingDialog(lists: Lists): ComponentDialog {
  const pick = (step: WaterfallStepContext, prompt: string, labels: readonly string[]) =>
    step.prompt(choice, {
      prompt,
      choices: ChoiceFactory.toChoices([...labels]),
      style: ListStyle.suggestedAction,
    });

  const visitOf = ({
    name = '',
    office = '',
    doctor = '',
    visitType = '',
    day = '',
    time = '',
  }: Answers) => ({
    person: name,
    doctor,
    office: lists.places[office] ?? office,
    visitType,
    localStart: `${lists.dates[day] ?? ''}T${lists.wallTimes[time] ?? ''}`,
    timeZone: lists.timeZone,
  });

  const dialog = new ComponentDialog(bookingDialog); // It begins with the dialog that is added first.
  dialog.addDialog(
    new WaterfallDialog('waterfall', [
      (step) => step.prompt(text, en.askName()),
      (step) => {
        answersOf(step).name = typed.parse(step.result);
        return step.prompt(text, en.askBirthDate());
      },
      (step) => {
        const [firstName = ''] = (answersOf(step).name ?? '').split(' ');
        return pick(step, `${en.thanks(firstName)}\n${en.askOffice()}`, lists.offices);
      },
      (step) => {
        answersOf(step).office = picked(step);
        return pick(step, en.askDoctor(), lists.doctors);
      },
      (step) => {
        answersOf(step).doctor = picked(step);
        return pick(step, en.askVisitType(), lists.visitTypes);
      },
      (step) => {
        answersOf(step).visitType = picked(step);
        return pick(step, en.askDay(en.zone(lists.timeZone)), lists.days);
      },
      (step) => {
        answersOf(step).day = picked(step);
        return pick(step, en.askTime(lists.dates[picked(step)] ?? ''), lists.times);
      },
      (step) => {
        answersOf(step).time = picked(step);
        return pick(step, cardText(en.askConfirm(visitOf(answersOf(step)))), [en.yesLabel(), en.noLabel()]);
      },
      async (step) => {
        if (picked(step) === en.yesLabel()) {
          const booked = cardText(en.booked(visitOf(answersOf(step)), lists.reference));
          await step.context.sendActivity(ChoiceFactory.suggestedAction([en.bookAnotherLabel()], booked));
        }
        return step.endDialog();
      },
    ]),
  );
  dialog.addDialog(new TextPrompt(text));
  dialog.addDialog(new ChoicePrompt(choice));
  return dialog;
}
