// Every sentence in Spanish (United States, "usted"): short, plain, kind, and true when said.
import { minuteOf, weekdayOf } from '../calendar.ts';
import type { Phrases } from './index.ts';
import { zoneName } from './zone.ts';

const weekdays = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
const months = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

const weekday = (date: string): string => weekdays[weekdayOf(date)] ?? '';
const month = (date: string): string => months[Number(date.slice(5, 7)) - 1] ?? '';
const dayOfMonth = (date: string): number => Number(date.slice(8, 10));

const day = (date: string): string =>
  `${weekday(date).slice(0, 3)} ${dayOfMonth(date)} ${month(date).slice(0, 3)}`;
const time = (localStart: string): string => {
  const hour = Math.floor(minuteOf(localStart) / 60);
  return `${hour % 12 || 12}:${localStart.slice(14, 16)} ${hour < 12 ? 'a. m.' : 'p. m.'}`;
};
const fullDate = (date: string): string => `${dayOfMonth(date)} de ${month(date)} de ${date.slice(0, 4)}`;
const zone = (timeZone: string): string => zoneName('es-US', timeZone);
const when = (localStart: string, timeZone: string): string => {
  const the = Math.floor(minuteOf(localStart) / 60) % 12 === 1 ? 'a la' : 'a las';
  return `${weekday(localStart.slice(0, 10))} ${fullDate(localStart)} ${the} ${time(localStart)} (${zone(timeZone)})`;
};

const theSlot = {
  office: 'el consultorio',
  doctor: 'el médico',
  visitType: 'el tipo de visita',
  day: 'el día',
  time: 'la hora',
  who: 'el paciente',
};
const oneSlot = { office: 'un consultorio', doctor: 'un médico', visitType: 'un tipo de visita' };
const hours = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} hora${minutes === 60 ? '' : 's'}` : `${minutes} minutos`;

export const es = {
  day,
  dayAndTime: (localStart) => `${day(localStart.slice(0, 10))}, ${time(localStart)}`,
  fullDate,
  when,
  zone,

  bookLabel: () => 'Reservar una cita',
  bookAnotherLabel: () => 'Reservar otra cita',
  yesLabel: () => 'Reservar',
  noLabel: () => 'Cambiar algo',
  moreLabel: () => 'Más',
  earlierLabel: () => 'Antes',
  otherDayLabel: () => 'Otro día',
  retryLabel: () => 'Intentar de nuevo',
  startOverLabel: () => 'Empezar de nuevo',
  keepGoingLabel: () => 'Seguir',
  changeLabel: (slot) => `Cambiar ${theSlot[slot]}`,

  theOffice: () => 'consultorio',
  greeting: (practice) =>
    `¡Hola! Soy el asistente de citas de ${practice || 'este consultorio'}. Puedo reservar su cita con el médico. (I also speak English: write "English".)`,
  offerToBook: () => '¿Quiere reservar una cita?',
  farewell: () => 'Muy bien. Escriba "cita" cuando necesite reservar una.',
  help: (phone, sms) =>
    `Yo reservo citas con el médico. Responda con sus palabras o elija de la lista. También puede escribir "atrás", "empezar de nuevo"${sms ? ', "persona" o "English"' : ', "salir", "persona" o "English"'}. Para hablar con nosotros, llame al ${phone}.`,
  person: (phone) => `Claro. Llame al ${phone} para hablar con una persona.`,
  notYet: (phone) =>
    `Todavía no puedo cambiar ni anular una cita aquí. Llame al ${phone} y le ayudarán. Sí puedo reservar una nueva.`,
  privateOnly: () =>
    'La salud es privada y no hablo de ella en un grupo. Por favor, escríbame en un chat privado.',
  outdated: () => 'Me actualizaron desde la última vez y tenemos que empezar de nuevo. Lo siento.',
  forgotten: () => 'Pasó un rato. Para cuidar su privacidad olvidé quién es, y debo preguntarle otra vez.',
  tooLong: () => 'Es demasiado largo para mí. Dígalo en pocas palabras, por favor.',
  noText: () => 'Solo puedo leer texto. Por favor, escriba su respuesta.',
  languageSwitched: () => 'Muy bien, seguimos en español.',
  nothingBefore: () => 'No hay nada antes: esta es la primera pregunta.',
  askStartOver: () => '¿Quiere empezar de nuevo? Se pierden sus respuestas.',
  startedOver: () => 'Muy bien, empezamos desde el principio.',
  stopped: () =>
    'Muy bien, lo dejo aquí. No reservé nada más. Escriba "cita" cuando quiera empezar otra vez.',

  askName: () => '¿Para quién es la cita? Escriba el nombre y el apellido.',
  askLastName: () => 'Escriba juntos el nombre y el apellido, por ejemplo: Ana Ruiz.',
  askBirthDate: () => '¿Cuál es la fecha de nacimiento? Por ejemplo: 25 de marzo de 1980.',
  askBirthDateWhich: () => '¿Cuál es la fecha de nacimiento?',
  askOffice: () => '¿A qué consultorio quiere ir?',
  askDoctor: () => '¿Con qué médico quiere la cita?',
  askVisitType: () => '¿Qué tipo de visita es?',
  askDay: (zoneLabel) =>
    `¿Qué día le conviene? También puede escribir un día, como "el viernes". Las horas son de esta zona: ${zoneLabel}.`,
  askTime: (date) => `¿A qué hora el ${day(date)}?`,
  askConfirm: (visit) =>
    [
      'Revise su cita, por favor:',
      `Para: ${visit.person}`,
      `Con: ${visit.doctor}`,
      `Dónde: ${visit.office}`,
      ...(visit.visitType === undefined ? [] : [`Visita: ${visit.visitType}`]),
      `Cuándo: ${when(visit.localStart, visit.timeZone)}`,
      '¿La reservo?',
    ].join('\n'),
  askChange: () => '¿Qué quiere cambiar?',
  askWhich: () => '¿Cuál de estos quiere decir?',
  thanks: (firstName) => `Gracias, ${firstName}.`,
  onlyOne: (slot) => `Aquí solo hay ${oneSlot[slot]} para elegir.`,

  replyToBook: () => 'Responda 1 para reservar o 2 para cambiar algo.',
  missed: {
    name: () => 'No encontré un nombre en su mensaje.',
    birthDate: () => 'No encontré una fecha en su mensaje.',
    choice: () => 'No entendí cuál quiere.',
    day: () => 'No encontré un día en su mensaje.',
    time: () => 'No encontré una hora en su mensaje.',
    confirm: () => 'Solo reservo si usted lo dice con claridad.',
  },
  hint: {
    name: () => 'Escriba solo el nombre y el apellido, por ejemplo: Ana Ruiz.',
    birthDate: () => 'Escriba solo la fecha, por ejemplo: 25 de marzo de 1980.',
    choice: () => 'Elija uno de la lista, por favor.',
    day: () => 'Elija un día de la lista o escriba uno, como "18 de febrero" o "martes".',
    time: () => 'Elija una hora de la lista o escriba una, como 9:30 a. m.',
    confirm: () => 'Elija "Reservar" o "Cambiar algo", por favor.',
  },
  missedAgain: (phone) =>
    `Lo siento, sigo sin entender. Puede llamar al ${phone} y reservar con una persona, o probar otra vez aquí.`,
  shortYear: () => 'Escriba el año con cuatro cifras, por favor.',
  impossibleBirthDate: () => 'Esa fecha de nacimiento no es posible.',
  impossibleDay: () => 'Ese día no existe en el calendario.',
  pastDay: () => 'Ese día ya pasó.',
  beyondHorizon: (horizonDays) => `Solo puedo reservar hasta ${horizonDays} días por adelantado.`,
  closedDay: () => 'Ese día no hay horas libres.',
  noTimesThen: () => 'No hay horas libres entonces.',
  timeNotOffered: () => 'Esa hora no está libre.',
  closest: () => 'Lo más cercano es:',
  dayFirst: () => 'Primero busquemos el día.',
  noOpenTimes: (phone) => `No hay horas libres en línea para esta elección. Cambie algo o llame al ${phone}.`,
  noDoctors: (phone) => `Ahora no se puede reservar en línea aquí. Por favor, llame al ${phone}.`,

  booked: (visit, reference) =>
    [
      'Su cita quedó reservada.',
      `Con: ${visit.doctor}`,
      `Cuándo: ${when(visit.localStart, visit.timeZone)}`,
      `Dónde: ${visit.office}`,
      `Referencia: ${reference}`,
    ].join('\n'),
  alreadyBooked: () => 'Esa cita ya está reservada. No hay que hacer nada más.',
  stillChecking: (phone) =>
    `Todavía estoy revisando su última cita y se lo diré aquí. Por favor, no la reserve otra vez. Para saberlo ya, llame al ${phone}.`,
  bookedAfterAll: (whenLabel, doctor, reference) =>
    `Buenas noticias sobre la cita que no era segura: sí quedó reservada. ${doctor}, ${whenLabel}. Referencia: ${reference}`,
  notBookedAfterAll: (whenLabel, doctor) =>
    `Sobre la cita que no era segura (${doctor}, ${whenLabel}): no quedó reservada. Puede elegir una hora otra vez.`,

  overlapsUnsure: ({ otherVisit, phone }) =>
    `Todavía estoy revisando si esta cita suya quedó reservada: ${otherVisit}. No reservé nada nuevo. Elija otra hora o llame al ${phone}.`,
  missingPermission: (scopes, phone) =>
    `La reserva en línea no está lista: el sistema del consultorio no me da el permiso ${scopes}. No reservé nada. Por favor, llame al ${phone}.`,
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
} satisfies Phrases;
