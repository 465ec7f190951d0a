// What went wrong, in Spanish: always whether something was booked, and the way on.
import type { Phrases } from './index.ts';

const hours = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} hora${minutes === 60 ? '' : 's'}` : `${minutes} minutos`;

export const trouble = {
  bookingErrors: {
    'missing-fields': () => 'Todavía falta algo y no reservé nada.',
    'slot-taken': () => 'Lo siento, otra persona acaba de tomar esa hora. No reservé nada.',
    'outside-policy': () => 'Eso no se puede reservar en línea. No reservé nada.',
    'patient-not-found': () =>
      'El consultorio ya no encuentra el expediente y no reservé nada. Debo preguntarle otra vez quién es.',
    'patient-ambiguous': () =>
      'No sé cuál expediente es el correcto y no reservé nada. Debo preguntarle otra vez quién es.',
    'overlaps-own': ({ otherVisit }) =>
      `Usted ya tiene una cita a esa hora: ${otherVisit}. No reservé otra. Elija otra hora, por favor.`,
    'booking-not-found': ({ phone }) => `No encuentro esa cita. Por favor, llame al ${phone}.`,
    'already-cancelled': () => 'Esa cita ya estaba anulada.',
    'ehr-refused': ({ phone }) =>
      `El sistema del consultorio no aceptó esto y no reservé nada. Puede cambiar algo o llamar al ${phone}.`,
    'ehr-unavailable': ({ phone }) =>
      `Ahora no puedo ver el calendario del consultorio. No reservé nada y guardé sus respuestas. Intente en unos minutos o llame al ${phone}.`,
    unconfirmed: ({ phone }) =>
      `No pude confirmar si su cita quedó reservada. Por favor, no la reserve otra vez: lo estoy revisando y se lo diré aquí cuando me escriba de nuevo. Si quiere saberlo ya, llame al ${phone}.`,
  },
  policy: {
    past: () => 'Esa hora ya pasó y no reservé nada.',
    'lead-time': ({ leadMinutes }) =>
      `Es demasiado pronto: reservo con ${hours(leadMinutes)} de anticipación. No reservé nada.`,
    horizon: ({ horizonDays }) =>
      `Es demasiado lejos: reservo hasta ${horizonDays} días por adelantado. No reservé nada.`,
    'not-bookable-here': ({ phone }) =>
      `Este médico no se puede reservar en línea en este consultorio. Elija otro o llame al ${phone}.`,
    'no-time-zone': ({ phone }) =>
      `Las horas de este médico aquí no se pueden reservar en línea. Elija otro o llame al ${phone}.`,
    'impossible-time': () => 'A esa hora cambia el reloj y no se puede reservar. No reservé nada.',
    'not-offered': () => 'Esa hora ya no está libre. No reservé nada.',
    'unknown-visit-type': () => 'Ese tipo de visita no se puede reservar en línea. No reservé nada.',
    duration: () => 'Una visita tan larga no se puede reservar en línea. No reservé nada.',
  },
  identifyErrors: {
    'no-match': (phone) =>
      `No encontré un expediente con ese nombre y esa fecha de nacimiento. Revise los dos e intente otra vez, o llame al ${phone}.`,
    'too-many-tries': (phone) =>
      `Ahora no puedo buscar más expedientes. Por favor, llame al ${phone} y le darán la cita.`,
    'ehr-refused': (phone) =>
      `Ahora no puedo buscar expedientes. No reservé nada. Por favor, llame al ${phone}.`,
    'ehr-unavailable': (phone) =>
      `Ahora no puedo usar el sistema del consultorio. No reservé nada y guardé sus respuestas. Intente en unos minutos o llame al ${phone}.`,
  },
  nothingEarlier: (where) =>
    where === 'at-all'
      ? 'No hay nada más temprano.'
      : where === 'day'
        ? 'Ese día no hay nada más temprano. Puede elegir otro día.'
        : 'No hay nada más temprano como lo pidió.',
  nearestOffice: () => 'No puedo ver dónde está usted. Estas son las direcciones:',
  thenOffice: (name) => `Entonces tomemos ${name}.`,
} satisfies Pick<
  Phrases,
  'bookingErrors' | 'policy' | 'identifyErrors' | 'nothingEarlier' | 'nearestOffice' | 'thenOffice'
>;
