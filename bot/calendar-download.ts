// GET /calendar/<token>.ics: a visit as a file for the patient's own calendar, through a link that lives for a quarter of an hour.
import type { ServerResponse } from 'node:http';
import type { Request, Response, Server } from 'restify';
import type { Language } from '../dialogs/reply.ts';
import type { Notice } from '../services/domain.ts';
import type { UseCases } from '../services/use-cases.ts';
import type { CalendarLinks } from './calendar-link.ts';
import { sendError } from './json-http.ts';
import { type Limits, sendTooMany } from './limits.ts';
import { dataHeaders } from './security-headers.ts';

/** The file's text: METHOD PUBLISH, neutral title. */
export type CalendarFileOf = (notice: Notice, language: Language) => Promise<string>;

export interface CalendarDeps {
  readonly useCases: Pick<UseCases, 'calendarVisit'>;
  readonly links: CalendarLinks;
  readonly calendarFileOf: CalendarFileOf;
  readonly limits: Limits;
}

const over =
  'This link is over: it works for 15 minutes. Your appointment is not changed by that.\n' +
  'Este enlace ya no vale: dura 15 minutos. Su cita sigue igual.\n';

const away =
  'The calendar file cannot be made right now. Please try again in a minute. Your appointment is not changed by that.\n' +
  'El archivo de calendario no se puede hacer en este momento. Intente de nuevo en un minuto. Su cita sigue igual.\n';

/** A visit that no longer stands is a file, too, with STATUS:CANCELLED: it takes the visit out of the calendar that it was put into. */
export function mountCalendar(
  server: Server,
  { useCases, links, calendarFileOf, limits }: CalendarDeps,
): void {
  server.get('/calendar/:file', async (request: Request, response: Response) => {
    const [, token = ''] = /^(.+)\.ics$/.exec(String(request.params?.file)) ?? [];
    const linked = links.read(token);
    const pace = linked.ok
      ? await limits.reads.take(`calendar|${linked.value.appointment}`)
      : await limits.address(request);
    if (!pace.isWithin) return sendTooMany(response, pace);
    if (!linked.ok && linked.error === 'expired') return send(response, 410, 'text/plain', over);
    if (!linked.ok) return sendError(response, 404, 'not-found', 'There is nothing here.');
    const notice = await useCases.calendarVisit(linked.value);
    if (!notice.ok && notice.error === 'unavailable') return send(response, 503, 'text/plain', away);
    if (!notice.ok) return sendError(response, 404, 'not-found', 'There is nothing here.');
    const file = await calendarFileOf(notice.value, linked.value.language);
    send(response, 200, 'text/calendar; method=PUBLISH', file, {
      'Content-Disposition': 'attachment; filename="appointment.ics"',
    });
  });
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, [
    'Content-Type',
    `${type}; charset=utf-8`,
    'Content-Length',
    String(Buffer.byteLength(text)),
    'X-Robots-Tag',
    'noindex',
    ...Object.entries(headers).flat(),
    ...dataHeaders(response.req),
  ]);
  response.end(text);
}
