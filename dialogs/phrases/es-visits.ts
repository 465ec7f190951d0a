// Visits on file, in Spanish.
import type { Card } from '../reply.ts';
import type { VisitPhrases } from './visit-phrases.ts';

const notice = (minutes: number): string =>
  minutes % 1440 === 0 && minutes > 1440
    ? `${minutes / 1440} días`
    : minutes % 60 === 0
      ? `${minutes / 60} hora${minutes === 60 ? '' : 's'}`
      : `${minutes} minutos`;

const forWhom = (person: string | undefined): Card['rows'] =>
  person === undefined ? [] : [{ label: 'Para', value: person }];

export const visits = {
  agendaLabel: {
    today: () => 'Mi día',
    tomorrow: () => 'Mañana',
    next: () => 'Próximo paciente',
    week: () => 'Esta semana',
  },
  showNamesLabel: () => 'Mostrar nombres',
  agendaEmpty: {
    today: () => 'Hoy no tiene citas.',
    tomorrow: () => 'Mañana no tiene citas.',
    next: () => 'Hoy no viene nadie más.',
    week: () => 'Esta semana no tiene citas.',
  },
  agendaMore: (count) =>
    count === 1 ? 'Aquí falta 1 cita posterior.' : `Aquí faltan ${count} citas posteriores.`,
  agendaState: {
    booked: () => '',
    confirmed: () => 'confirmada',
    arrived: () => 'ya llegó',
    'in-session': () => 'en consulta',
    complete: () => 'terminada',
    'no-show': () => 'no vino',
    cancelled: () => 'cancelada',
    rescheduled: () => 'cambiada',
  },
  noAgenda: () => 'Ahora no puedo comunicarme con el sistema del consultorio. Inténtelo en unos minutos.',
  visitState: {
    booked: () => '',
    confirmed: () => 'confirmada',
    arrived: () => 'usted ya se registró',
    'in-session': () => 'está en curso',
    complete: () => 'ya terminó',
    'no-show': () => 'consta que no se presentó',
    cancelled: () => 'fue cancelada',
    rescheduled: () => 'fue cambiada',
    other: () => 'pregunte al consultorio por ella',
  },
  yourVisits: () => 'Sus próximas citas:',
  yourVisit: () => 'Su próxima cita:',
  noVisits: () => 'No tiene citas próximas.',
  untimed: (count, phone) =>
    `Hay ${count === 1 ? 'una cita' : `${count} citas`} que no puedo mostrar aquí. Llame al ${phone} para saber más.`,
  asOf: (day) =>
    `Ahora no puedo comunicarme con el sistema del consultorio. Esto es lo que sabía el ${day}; pueden faltar citas hechas por teléfono, y ahora no puedo cambiar ninguna.`,
  noVisitLikeThat: () => 'No veo una cita así.',
  askWhichToCancel: () => '¿Qué cita quiere cancelar?',
  askWhichToMove: () => '¿Qué cita quiere cambiar?',
  missedTask: (phone) =>
    `Lo siento, sigo sin entender. Una persona puede ayudarle: llame al ${phone}. No cambié nada, y podemos intentarlo otra vez aquí.`,
  leftAsIs: () => 'De acuerdo, todo queda como está.',
  backToBooking: () => 'Volvemos a su nueva cita.',
  visitStands: (visit) => `Su cita queda como está: ${visit}.`,
  onePerson: () => 'Reservo para una persona a la vez. Después de esta podemos reservar la siguiente.',
  oneByOne: () => 'Vamos por partes: primero esto, luego lo otro.',
  nowTheOther: (wish) => `Ahora lo otro: "${wish}".`,
  askOther: (wish) => `También escribió: "${wish}". ¿Lo vemos ahora?`,
  goOnWithIt: () => 'Sí, sigamos',
  otherDoctor: () =>
    'Una cita no se puede pasar a otro médico. Primero reservamos la nueva, y luego puede cancelar la otra.',
  askOldVisit: () => '¿Cancelamos ahora la otra cita?',
  moveOrCancel: () => 'Podemos cambiarla a otra hora, o cancelarla.',
  late: (phone) => `Llame al ${phone} y avíseles. Yo no puedo pasar el recado.`,

  moveLabel: () => 'Cambiarla',
  cancelLabel: () => 'Cancelarla',
  directionsLabel: () => 'Cómo llegar',
  listLabel: () => 'Otras citas',
  doneLabel: () => 'Listo',
  moveItLabel: () => 'Cambiarla',
  leaveItLabel: () => 'Dejarla como está',
  cancelItLabel: () => 'Cancelarla',
  keepItLabel: () => 'Conservarla',
  undoLabel: () => 'Deshacer',

  askCancel: ({ person, doctor, office, when }) => ({
    title: 'Revise la cita:',
    rows: [
      ...forWhom(person),
      { label: 'Con', value: doctor },
      { label: 'Cuándo', value: when },
      { label: 'Dónde', value: office },
    ],
    closing: '¿La cancelo? Si quiere, diga por qué: "sí, porque ..."',
  }),
  missedCancel: () => 'Solo la cancelo si me lo dice claramente.',
  missedMove: () => 'Solo la cambio si usted lo dice con claridad.',
  hintMove: () => 'Elija "Cambiarla" o "Cambiar algo", por favor.',
  replyToMove: () => 'Responda 1 para cambiarla o 2 para cambiar otra cosa.',
  cancelled: (visit) => `Su cita está cancelada: ${visit}. Durante un minuto puede escribir "deshacer".`,
  reasonKept: () => 'El consultorio puede leer su motivo.',
  reasonNotKept: (phone) => `No pude pasar su motivo; puede decirlo al consultorio al ${phone}.`,
  undone: (visit) => `Su cita sigue en pie: ${visit}.`,
  notUndone: (phone) =>
    `No pude deshacerlo: la cita sigue cancelada. Puede reservar otra o llamar al ${phone}.`,
  undoOver: () => 'Ya es tarde para deshacerlo: la cita sigue cancelada. Puede reservar otra.',

  movingFrom: (visit) => `Vamos a cambiar esta cita: ${visit}.`,
  askMove: ({ person, doctor, office, from, to }) => ({
    title: 'Revise el cambio:',
    rows: [
      ...forWhom(person),
      { label: 'Con', value: doctor },
      { label: 'Dónde', value: office },
      { label: 'De', value: from },
      { label: 'A', value: to },
    ],
    closing: '¿La cambio?',
  }),
  moved: ({ doctor, office, when }, reference) => ({
    title: 'Su cita fue cambiada.',
    rows: [
      { label: 'Con', value: doctor },
      { label: 'Cuándo', value: when },
      { label: 'Dónde', value: office },
      { label: 'Referencia', value: reference },
    ],
  }),
  moveTaken: () => 'Lo siento, otra persona acaba de tomar esa hora.',
  cannotMoveThere: () => 'Esa hora no se puede elegir.',
  moveOnlyTime: (phone) =>
    `Solo puedo cambiar la hora de esta cita. Para otro médico u otro consultorio, reserve una nueva y cancele esta, o llame al ${phone}.`,

  visitNotFound: (phone) => `Ya no encuentro esa cita, así que no cambié nada. Llame al ${phone}.`,
  changedSince: (visit, phone) =>
    `Esa cita cambió mientras tanto, así que no hice nada. Ahora es: ${visit}. Si no es correcto, llame al ${phone}.`,
  calledOffSince: (visit, phone) =>
    `Esa cita fue cancelada mientras tanto: ${visit}. No cambié nada. Si no es correcto, llame al ${phone}.`,
  notChangeable: (visit, phone) => `No puedo cambiar esta cita aquí: ${visit}. Llame al ${phone}.`,
  tooLate: (visit, noticeMinutes, phone) =>
    noticeMinutes === 0
      ? `Esta cita ya empezó, así que no puedo cambiarla: ${visit}. Llame al ${phone}.`
      : `Faltan menos de ${notice(noticeMinutes)} para esta cita, así que no puedo cambiarla aquí: ${visit}. Llame al ${phone}.`,
  notChanged: (phone) =>
    `Ahora no puedo comunicarme con el sistema del consultorio. Su cita queda como está. Inténtelo en unos minutos o llame al ${phone}.`,
  changeUnsure: (phone) =>
    `No pude saber si se hizo. Lo estoy revisando y se lo diré aquí en su próximo mensaje. Para estar seguro ahora, llame al ${phone}.`,
  changeStillOpen: (phone) =>
    `Aún estoy revisando su último cambio de esta cita y no hice nada más. Escríbame otra vez en un minuto. Para estar seguro ahora, llame al ${phone}.`,
} satisfies VisitPhrases;
