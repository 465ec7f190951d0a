// Everything but a booking, by its kind: which question comes next, and who takes the answer.
import { patientId } from '../services/domain.ts';
import { recordCancel } from './cancel.ts';
import { isLateCode } from './code.ts';
import { readDecision, readerOf } from './decision.ts';
import { optionsOf, phoneFor } from './lists.ts';
import { type Memory, newMemory } from './memory.ts';
import { missed } from './miss.ts';
import { recordPerson } from './person.ts';
import { recordCode } from './record-code.ts';
import { recordContact, recordContactCode, recordGender, recordRegister, recordWaysOn } from './register.ts';
import type { Task, TaskQuestion } from './task-memory.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import { askVisits, recordVisit } from './upcoming.ts';
import { recordAct } from './visit-acts.ts';
import { ended } from './visits.ts';
import { fold } from './words.ts';

/** The first question that is still open of what is to be done; it is known who asks. */
export async function askTask(turn: Turn, memory: Memory, task: Task): Promise<Step> {
  const words = wordsFor(memory);
  switch (task.kind) {
    case 'see':
    case 'cancel':
    case 'move':
      return askVisits(turn, memory, task);
    case 'show-data': {
      const own = await turn.desk.useCases.ownData(patientId(memory.who?.id ?? ''));
      const since = own.oldestAt === undefined ? undefined : words.fullDate(own.oldestAt.slice(0, 10));
      return ended(memory, words.ownData(own, since, await phoneFor(turn.desk, memory)));
    }
    case 'delete-data':
      return waitFor(
        memory,
        'delete-data',
        words.askDeleteData(await phoneFor(turn.desk, memory)),
        optionsOf(memory, ['delete-it', 'keep-data']),
      );
  }
}

/** Takes the answer to a question that is no booking's. Where it was forgotten meanwhile of whom it was asked, nothing is an answer to it. */
export async function recordTask(turn: Turn, memory: Memory, asked: TaskQuestion): Promise<Step> {
  if (turn.forgotten === true) return goOn(memory);
  switch (asked) {
    case 'code':
      return recordCode(turn, memory);
    case 'person':
      return recordPerson(turn, memory);
    case 'ways-on':
      return isLateCode(turn, memory)
        ? recordCode(turn, { ...memory, claimOver: undefined })
        : recordWaysOn(turn, memory);
    case 'contact':
      return recordContact(turn, memory);
    case 'contact-code':
      return recordContactCode(turn, memory);
    case 'gender':
      return recordGender(turn, memory);
    case 'register':
      return recordRegister(turn, memory);
    case 'visit':
    case 'act':
    case 'cancel': {
      const { task } = memory;
      // Without the visits that the question was about, it is asked anew.
      if (task === undefined || !('visits' in task)) return { memory, replies: [], next: 'ask' };
      return { visit: recordVisit, act: recordAct, cancel: recordCancel }[asked](turn, memory, task);
    }
    case 'delete-data':
      return recordDeleteData(turn, memory);
  }
}

const readDelete = readerOf(
  /^(?:(?:yes|si) )?(?:delete|erase|borrar|borre|eliminar|elimine|borrelos?|eliminelos?)(?: it| them| everything| my data| todo| mis datos)?$/,
  /^(?:no )?(?:keep|keep it|keep them|dont delete|dont delete it|conservar|conservarlos|conservelos|no los borre|no borrar)$/,
);

/** "What happens to my appointments?" */
const ofVisits = /\b(?:appointments?|appts?|visits?|bookings?|citas?|visitas?|turnos?)\b/;

/** Gone for good, so only a clear yes does it; afterwards nothing of the person is known here either. */
async function recordDeleteData(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const answer = readDecision(turn, memory, 'delete-it', readDelete);
  if (answer === 'no') return ended(memory, words.dataKept());
  if (answer === 'echo') return goOn(memory);
  if (answer !== 'yes')
    return ofVisits.test(fold(turn.text))
      ? goOn(memory, words.visitsOutlastData())
      : missed(turn, memory, 'yes');
  if (memory.who === undefined) return goOn(memory);
  await turn.desk.useCases.deleteOwnData(patientId(memory.who.id));
  const { language, languageChosen, lastTurnMs, asks, noticed } = memory;
  const fresh: Memory = { ...newMemory(language, lastTurnMs), languageChosen, asks, noticed };
  return {
    memory: fresh,
    replies: [say(fresh, words.dataDeleted(await phoneFor(turn.desk, fresh)))],
    next: 'end',
  };
}
