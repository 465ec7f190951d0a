// A provider's own day, for the accounts of PROVIDERS only: an agenda in office time, initials until names are asked for.
import type { AgendaEntry, AgendaSpan } from '../services/agenda-cases.ts';
import { plain } from './answers.ts';
import { type Option, picked } from './choose.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import type { Phrases } from './phrases/index.ts';
import { cardText } from './reply.ts';
import { type Said, say, type Turn, wordsFor } from './turn.ts';

const spans: readonly (readonly [AgendaSpan, RegExp])[] = [
  ['today', /^(?:my day|today|my schedule|my agenda|agenda|mi dia|hoy|mi agenda)$/],
  ['tomorrow', /^(?:tomorrow|my tomorrow|manana)$/],
  ['next', /^(?:next patient|next|whos next|who is next|proximo paciente|siguiente paciente|siguiente)$/],
  ['week', /^(?:this week|my week|week|esta semana|mi semana|semana)$/],
];
const names = /^(?:show names|names|show the names|mostrar nombres|nombres)$/;
const keys = { today: 'agenda:today', tomorrow: 'agenda:tomorrow', next: 'agenda:next', week: 'agenda:week' };

/** What of the agenda is asked for; undefined: nothing, or not by a provider, for whom these words mean what they mean for everybody. */
export async function agendaFor(turn: Turn, memory: Memory): Promise<Said | undefined> {
  const { useCases } = turn.desk;
  if (turn.account === undefined || memory.asked !== undefined || !useCases.isProvider(turn))
    return undefined;
  const key = turn.picked ?? picked(turn, optionsOf(memory, memory.shown ?? []));
  const text = plain(turn.text);
  const wantsNames = key === 'agenda:names' || names.test(text);
  const span =
    spans.find(([name, said]) => key === keys[name] || said.test(text))?.[0] ??
    (wantsNames ? (memory.agenda ?? 'today') : undefined);
  if (span === undefined) return undefined;
  const found = await useCases.agenda(turn, span, { names: wantsNames });
  const words = wordsFor(memory);
  const known: Memory = { ...memory, agenda: span };
  if (!found.ok) return { memory: known, replies: [say(known, words.noAgenda())] };
  const { entries, fromDate, toDate, more } = found.value;
  const others = (['today', 'tomorrow', 'next', 'week'] as const).filter((other) => other !== span);
  const options: readonly Option[] = optionsOf(memory, [
    ...(wantsNames || entries.every(({ patient }) => patient === '') ? [] : ['agenda:names']),
    ...others.map((other) => keys[other]),
  ]);
  const title =
    entries.length === 0
      ? words.agendaEmpty[span]()
      : fromDate === toDate
        ? capital(words.day(fromDate))
        : capital(words.days(fromDate, toDate));
  const rows = entries.map((entry) => rowOf(words, entry, fromDate !== toDate));
  const card = { title, rows, ...(more === 0 ? {} : { closing: words.agendaMore(more) }) };
  return {
    memory: { ...known, shown: options.map((option) => option.key) },
    replies: [{ ...say(known, cardText(card), options), ...(entries.length === 0 ? {} : { card }) }],
  };
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function rowOf(words: Phrases, entry: AgendaEntry, withDay: boolean): { label: string; value: string } {
  const { localStart, timeZone, patient, visitType, officeName, state, durationMinutes } = entry;
  const time = words.time(Number(localStart.slice(11, 13)) * 60 + Number(localStart.slice(14, 16)));
  const when = withDay ? words.dayAndTime(localStart) : time;
  const about = [patient, visitType, officeName, state === 'other' ? '' : words.agendaState[state]()];
  return {
    label: `${when} (${words.zone(timeZone)}, ${durationMinutes} min)`,
    value: about.filter((part) => part !== '').join(', '),
  };
}
