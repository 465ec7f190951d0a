// Every sentence in Spanish (United States, "usted"): short, plain, kind, and true when said.
import { clock, day, fullDate, theClock, time, when, zone } from './es-dates.ts';
import { identity } from './es-identity.ts';
import { trouble } from './es-trouble.ts';
import { visits } from './es-visits.ts';
import type { Phrases } from './index.ts';
import { listOf } from './list-of.ts';

const theSlot = {
  office: 'el consultorio',
  doctor: 'el médico',
  visitType: 'el tipo de visita',
  day: 'el día',
  time: 'la hora',
  who: 'el paciente',
};
const oneSlot = { office: 'un consultorio', doctor: 'un médico', visitType: 'un tipo de visita' };
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
  changeWhenLabel: () => 'Cambiar el día o la hora',
  changeLabel: (slot) => `Cambiar ${theSlot[slot]}`,

  theOffice: () => 'consultorio',
  greeting: (practice, sms) =>
    sms
      ? `¡Hola! Reservo citas en ${practice || 'este consultorio'}. Palabras útiles: "mis citas", "atrás", "empezar de nuevo", "persona", "English".`
      : `¡Hola! Soy el asistente de citas de ${practice || 'este consultorio'}. Puedo reservar su cita con el médico, y mostrar, cambiar o cancelar sus citas. (I also speak English: write "English".)`,
  offerToBook: () => '¿Quiere reservar una cita?',
  farewell: (isThanked) =>
    `${isThanked ? 'De nada.' : 'Muy bien.'} Escriba "cita" cuando necesite reservar una.`,
  help: (phone, sms) =>
    `Yo reservo, muestro, cambio y cancelo citas con el médico. Responda con sus palabras o elija de la lista. También puede escribir "mis citas", "atrás", "empezar de nuevo"${sms ? ', "persona" o "English"' : ', "salir", "persona" o "English"'}. Para hablar con nosotros, llame al ${phone}.`,
  person: (phone) => `Claro. Llame al ${phone} para hablar con una persona.`,
  privateOnly: () =>
    'La salud es privada y no hablo de ella en un grupo. Por favor, escríbame en un chat privado.',
  outdated: () => 'Me actualizaron desde la última vez y tenemos que empezar de nuevo. Lo siento.',
  forgotten: () =>
    'Hace rato que no hablamos. Para cuidar su privacidad olvidé quién es, y debo preguntarle otra vez.',
  tooLong: () => 'Es demasiado largo para mí. Dígalo en pocas palabras, por favor.',
  noText: () => 'Solo puedo leer texto. Por favor, escriba su respuesta.',
  languageSwitched: () => 'Muy bien, seguimos en español.',
  alarm: {
    emergency: ({ emergency, phone }) =>
      `Esto parece una emergencia. Llame ya al ${emergency} o pida a alguien que llame. Yo no puedo ayudar en una emergencia. El teléfono del consultorio es ${phone}. Si no es una emergencia, escriba "seguir" y reservamos la cita.`,
    'self-harm': ({ emergency, crisis, phone }) =>
      `Siento mucho que se sienta así. Hay personas que quieren ayudarle. Llame o escriba ya al ${crisis}: le atienden de día y de noche. Si está en peligro, llame al ${emergency}. El teléfono del consultorio es ${phone}. Si quiere una cita, escriba "seguir".`,
  },
  alarmAgain: {
    emergency: ({ emergency }) => `Llame al ${emergency}. Para reservar una cita, escriba "seguir".`,
    'self-harm': ({ crisis }) => `Llame o escriba al ${crisis}. Para reservar una cita, escriba "seguir".`,
  },
  goOnLabel: () => 'Seguir',
  smallTalk: {
    hello: () => '¡Hola! Qué gusto leerle.',
    'how-are-you': () => 'Muy bien, gracias por preguntar.',
    thanks: () => 'De nada.',
    'who-are-you': () => 'Soy un programa que reserva citas para este consultorio.',
    sorry: () => 'No hay problema.',
    hurry: () => 'Tómese su tiempo.',
    'off-topic': (phone) => `Aquí solo me ocupo de las citas. Para lo demás, llame al ${phone}.`,
    rude: (phone) => `Siento que sea difícil. Una persona le ayuda en el ${phone}.`,
  },
  chosen: (label) => `Usted eligió: ${label}`,
  alreadyDone: () => 'Ya tengo su respuesta a eso.',
  stepOver: () => 'Ese paso ya pasó y no cambié nada.',
  nothingBefore: () => 'No hay nada antes: esta es la primera pregunta.',
  askStartOver: () => '¿Quiere empezar de nuevo? Se pierden sus respuestas.',
  startedOver: () => 'Muy bien, empezamos desde el principio.',
  stopped: () => 'Muy bien, lo dejo aquí. No reservé nada más. Escriba "cita" para empezar otra vez.',

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
  askConfirm: (visit) => ({
    title: 'Revise su cita, por favor:',
    rows: [
      { label: 'Para', value: visit.person },
      { label: 'Con', value: visit.doctor },
      { label: 'Dónde', value: visit.office },
      ...(visit.visitType === undefined ? [] : [{ label: 'Visita', value: visit.visitType }]),
      { label: 'Cuándo', value: when(visit.localStart, visit.timeZone) },
    ],
    closing: '¿La reservo?',
  }),
  askConfirmAlso: (visits) =>
    `Usted ya tiene una cita ese día: ${visits.join('; ').replace(/\.$/, '')}. ¿Reservo esta también?`,
  askChange: () => '¿Qué quiere cambiar?',
  askWhich: () => '¿Cuál de estos quiere decir?',
  thanks: (firstName) => `Gracias, ${firstName}.`,
  heard: (parts) => `Entendí: ${parts.join(', ').replace(/\.$/, '')}.`,
  days: (from, to) => `del ${day(from)} al ${day(to)}`,
  time: clock,
  partOfDay: (from, until) => {
    if (from === 0 && until === 720) return 'por la mañana';
    if (from === 720 && until === 1440) return 'por la tarde';
    if (until === 1440) return `desde ${theClock(from)}`;
    if (from === 0) return `antes de ${theClock(until)}`;
    return `entre ${theClock(from)} y ${theClock(until)}`;
  },
  soonest: () => 'lo antes posible',
  anyDoctor: () => 'cualquier médico',
  unknownDoctor: () => 'No conozco a un médico con ese nombre aquí.',
  notAtOffice: (doctor, office) => `${doctor} no atiende en ${office}.`,
  noLastDoctor: () => 'No veo una cita anterior reservada conmigo.',
  tellWhy: () =>
    'Dígame en pocas palabras para qué es, como "chequeo" o "dolor de garganta", y le sugiero una.',
  maybeVisit: (names) => `Para eso puede servir: ${names.join(' o ')}.`,
  lookedAt: (doctors, notLooked) =>
    `Miré las horas de ${listOf(doctors, 'y')}.${notLooked === 0 ? '' : ` Hay ${notLooked === 1 ? 'otro médico' : `otros ${notLooked} médicos`}: escriba un nombre y busco más.`}`,
  firstTimes: () => 'Estas son las primeras horas libres. ¿Cuál le conviene?',
  fittingDays: () => 'Estos días tienen una hora así. ¿Cuál le conviene?',
  lostAgain: (phone) => `Ya pasó dos veces: también puede llamar al ${phone} y le buscarán una hora.`,
  noSuchVisit: () => 'No conozco ese tipo de visita aquí.',
  places: (lines) => lines.join('\n'),
  pickTime: () => 'Todas estas horas están libres. Elija la que más le guste.',
  onlyOne: (slot) => `Aquí solo hay ${oneSlot[slot]} para elegir.`,

  replyToBook: () => 'Responda 1 para reservar o 2 para cambiar algo.',
  missed: {
    name: () => 'No encontré un nombre en su mensaje.',
    birthDate: () => 'No encontré una fecha en su mensaje.',
    choice: () => 'No entendí cuál quiere.',
    day: () => 'No encontré un día en su mensaje.',
    time: () => 'No encontré una hora en su mensaje.',
    confirm: () => 'Solo reservo si usted lo dice con claridad.',
    code: () => 'No vi un código en eso.',
    contact: () => 'No vi un teléfono ni un correo en eso.',
    phone: () => 'No vi un teléfono en eso.',
    email: () => 'No vi un correo en eso.',
    yes: () => 'Solo lo hago si me lo dice con claridad.',
  },
  hint: {
    name: () => 'Escriba solo el nombre y el apellido, por ejemplo: Ana Ruiz.',
    birthDate: () => 'Escriba solo la fecha, por ejemplo: 25 de marzo de 1980.',
    choice: () => 'Elija uno de la lista, por favor.',
    day: () => 'Elija un día de la lista o escriba uno, como "18 de febrero" o "martes".',
    time: () => 'Elija una hora de la lista o escriba una, como 9:30 a. m.',
    confirm: () => 'Elija "Reservar" o "Cambiar algo", por favor.',
    code: () => 'Escriba solo las 6 cifras, o "no tengo código".',
    contact: () => 'Escriba un número como (518) 555-0123, o un correo como ana@example.com.',
    phone: () => 'Escriba un número como (518) 555-0123.',
    email: () => 'Escriba un correo como ana@example.com.',
    yes: () => 'Elija uno de la lista, por favor.',
  },
  missedAgain: (phone) =>
    `Lo siento, sigo sin entender. Una persona puede reservar con usted: llame al ${phone}. Guardé sus respuestas y podemos probar otra vez aquí.`,
  shortYear: () => 'Escriba el año con cuatro cifras, por favor.',
  impossibleBirthDate: () => 'Esa fecha de nacimiento no es posible.',
  impossibleDay: () => 'Ese día no existe en el calendario.',
  pastDay: () => 'Ese día ya pasó.',
  beyondHorizon: (horizonDays) => `Solo puedo reservar hasta ${horizonDays} días por adelantado.`,
  closedDay: () => 'Ese día no hay horas libres.',
  noTimesThen: () => 'No hay horas libres entonces.',
  timeNotOffered: () => 'Esa hora no está libre.',
  closest: () => 'Lo más cercano es:',
  noOpenTimes: (phone) => `No hay horas libres en línea para esta elección. Cambie algo o llame al ${phone}.`,
  noDoctors: (phone) => `Ahora no se puede reservar en línea aquí. Por favor, llame al ${phone}.`,

  booked: (visit, reference) => ({
    title: 'Su cita ha sido reservada.',
    rows: [
      { label: 'Con', value: visit.doctor },
      { label: 'Cuándo', value: when(visit.localStart, visit.timeZone) },
      { label: 'Dónde', value: visit.office },
      { label: 'Referencia', value: reference },
    ],
  }),
  addToCalendar: () => 'Agregar al calendario',
  alreadyBooked: () => 'Esa cita ya está reservada. No hay que hacer nada más.',
  stillChecking: (phone) =>
    `Todavía estoy revisando su última cita y se lo diré aquí. Por favor, no la reserve otra vez. Para saberlo ya, llame al ${phone}.`,
  bookedAfterAll: (whenLabel, doctor, reference) =>
    `Buenas noticias sobre la cita que no era segura: sí quedó reservada. ${doctor}, ${whenLabel}. Referencia: ${reference}`,
  notBookedAfterAll: (whenLabel, doctor) =>
    `Sobre la cita que no era segura (${doctor}, ${whenLabel}): no quedó reservada. Puede elegir una hora otra vez.`,
  changedAfterAll: {
    'moved-after-all': (whenLabel, doctor) => `Su cita se cambió. Ahora es ${whenLabel}, con ${doctor}.`,
    'not-moved': (whenLabel, doctor) =>
      `Su cita no se cambió. Sigue siendo ${whenLabel}, con ${doctor}. Puede probar otra vez.`,
    'not-cancelled': (whenLabel, doctor) =>
      `Su cita no se canceló. Sigue siendo ${whenLabel}, con ${doctor}. Puede probar otra vez.`,
    'restored-after-all': (whenLabel, doctor) =>
      `Su cita vuelve a estar en pie: ${whenLabel}, con ${doctor}.`,
    'cancelled-after-all': (whenLabel, doctor) => `Su cita ya no es válida: ${whenLabel}, con ${doctor}.`,
    'not-restored': (whenLabel, doctor) =>
      `Su cita sigue cancelada: ${whenLabel}, con ${doctor}. Puede reservar otra hora.`,
  },

  overlapsUnsure: ({ otherVisit, phone }) =>
    `Todavía estoy revisando si esta cita suya quedó reservada: ${otherVisit}. No reservé nada nuevo. Elija otra hora o llame al ${phone}.`,
  missingPermission: (scopes, phone) =>
    `La reserva en línea no está lista: el sistema del consultorio no me da el permiso ${scopes}. No reservé nada. Por favor, llame al ${phone}.`,
  ...trouble,
  ...visits,
  ...identity,
} satisfies Phrases;
