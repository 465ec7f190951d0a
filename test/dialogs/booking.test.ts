// Conversations that end in a booking, as transcripts: every reply of every turn.
import { expect, test } from 'vitest';
import {
  at930,
  booked,
  confirmQuestion,
  dayQuestion,
  doctorQuestion,
  greeting,
  officeQuestion,
  timeQuestion,
  toConfirm,
  toDay,
  toTime,
  typeQuestion,
} from '../support/booking-lines.ts';
import { openChat, shown } from '../support/chat.ts';
import { checkup, doe, fakeUseCases, mainStreet } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(options: { channelId?: string; locale?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}

test('web chat: greeted on arrival, booked by choices', async () => {
  const { useCases, chat } = open();
  const arrival = await chat.send({
    type: 'conversationUpdate',
    membersAdded: [
      { id: 'bot', name: '' },
      { id: 'user', name: '' },
    ],
  });
  expect(arrival.map(shown)).toEqual([`${greeting.slice(2)}\n[Book an appointment]`]);
  await play(
    chat,
    `
    > Book an appointment
    < Who is the appointment for? Please write the first and last name.
    > Maria Lopez
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > March 25, 1980
    < Thank you, Maria.
    ${officeQuestion}
    > Main Street
    < ${doctorQuestion}
    > Dr. John Doe
    < ${typeQuestion}
    > Checkup
    < ${dayQuestion}
    > More
    < Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
    [Wed Feb 19 | Thu Feb 20 | Fri Feb 21 | Mon Feb 24 | Tue Feb 25 | Wed Feb 26 | More | Earlier]
    > Earlier
    < ${dayQuestion}
    > Tue Feb 18
    < ${timeQuestion('Tue Feb 18')}
    > More
    < What time on Tue Feb 18?
    [Tue Feb 18, 1:00 PM | Tue Feb 18, 1:30 PM | Tue Feb 18, 2:00 PM | Tue Feb 18, 2:30 PM | Tue Feb 18, 3:00 PM | Tue Feb 18, 3:30 PM | More | Earlier | Another day]
    > Earlier
    < ${timeQuestion('Tue Feb 18')}
    > 9:30 AM
    < ${confirmQuestion(at930)}
    > Book it
    < ${booked(at930, '901')}
    `,
  );
  expect(useCases.claims).toEqual([{ firstName: 'Maria', lastName: 'Lopez', birthDate: '1980-03-25' }]);
  expect(useCases.requests).toEqual([
    {
      patientId: '31',
      patientName: 'Maria Lopez',
      doctorId: doe.id,
      officeId: mainStreet.id,
      localStart: '2025-02-18T09:30',
      visitTypeId: checkup.id,
      channel: 'webchat',
      conversationId: 'webchat|c1',
    },
  ]);
});

test('the confirmation travels as data beside the words', async () => {
  const { chat } = open();
  await play(chat, toConfirm);
  const [reply, ...others] = await chat.send({ type: 'message', text: 'yes' });
  expect(others).toEqual([]);
  expect(reply?.link).toEqual({ label: 'Add to calendar', path: '/calendar/901-en.ics' });
  expect(reply?.confirmation).toEqual({
    message: 'Your appointment has been successfully booked.',
    appointmentDetails: {
      appointmentId: '901',
      date: '02/18/2025',
      time: '09:30 AM',
      provider: 'Dr. John Doe',
    },
  });
});

test('SMS: the first message is greeted, numbers choose, and only 1 books', async () => {
  const { useCases, chat } = open({ channelId: 'sms' });
  const days = `Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | Fri Feb 14 | More]`;
  await play(
    chat,
    `
    > hello
    < Hello! I book visits at Riverbend Family Practice. Words that work here: "my visits", "back", "start over", "person", "español".
    I keep what you write for 30 days, and your visits while the practice keeps its records. Write "my data" to see or delete it.
    [Book an appointment]
    > 1
    < Who is the appointment for? Please write the first and last name.
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    ${officeQuestion}
    > 1
    < ${doctorQuestion}
    > 1
    < ${typeQuestion}
    > 1
    < ${days}
    > 0
    < Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
    [Mon Feb 17 | Tue Feb 18 | Wed Feb 19 | Thu Feb 20 | More | Earlier]
    > 2
    < What time on Tue Feb 18?
    [Tue Feb 18, 9:00 AM | Tue Feb 18, 9:30 AM | Tue Feb 18, 10:00 AM | More | Another day]
    > 2
    < ${confirmQuestion(at930)}
    > YES
    < Please reply 1 to book it, or 2 to change something.
    ${confirmQuestion(at930)}
    > 1
    < ${booked(at930, '901')}
    `,
  );
  expect(useCases.requests.length).toBe(1);
});

test('Spanish: from the locale, dates and times as people write them', async () => {
  const { useCases, chat } = open({ locale: 'es-MX' });
  await play(
    chat,
    `
    > quiero una cita
    < ¡Hola! Soy el asistente de citas de Riverbend Family Practice. Puedo reservar su cita con el médico, y mostrar, cambiar o cancelar sus citas. (I also speak English: write "English".)
    Guardo lo que escribe durante 30 días, y sus citas mientras el consultorio guarde sus registros. Escriba "mis datos" para verlos o borrarlos.
    ¿Para quién es la cita? Escriba el nombre y el apellido.
    > me llamo lucía reyes vega
    < ¿Cuál es la fecha de nacimiento? Por ejemplo: 25 de marzo de 1980.
    > 3/4/1990
    < ¿Cuál es la fecha de nacimiento?
    [3 de abril de 1990 | 4 de marzo de 1990]
    > 3 de abril de 1990
    < Gracias, Lucía.
    ¿A qué consultorio quiere ir?
    [Main Street | Lakeside]
    > lakeside
    < ¿Con qué médico quiere la cita?
    [Dr. John Doe | Dr. Ann Lee | Dr. Bob Lee]
    > con el doctor doe
    < ¿Qué tipo de visita es?
    [Checkup | New patient visit]
    > 1
    < ¿Qué día le conviene? También puede escribir un día, como "el viernes". Las horas son de esta zona: hora oriental.
    [mar 11 feb | mié 12 feb | jue 13 feb | vie 14 feb | lun 17 feb | mar 18 feb | Más]
    > martes
    < ¿A qué hora el mar 11 feb?
    [mar 11 feb, 9:00 a. m. | mar 11 feb, 9:30 a. m. | mar 11 feb, 10:00 a. m. | mar 11 feb, 10:30 a. m. | mar 11 feb, 11:00 a. m. | mar 11 feb, 11:30 a. m. | Más | Otro día]
    > otro día
    < ¿Qué día le conviene? También puede escribir un día, como "el viernes". Las horas son de esta zona: hora oriental.
    [mar 11 feb | mié 12 feb | jue 13 feb | vie 14 feb | lun 17 feb | mar 18 feb | Más]
    > 18 de febrero a las 3 y media de la tarde
    < Revise su cita, por favor:
    Para: Lucía Reyes Vega
    Con: Dr. John Doe
    Dónde: Lakeside, 4 Lake Road, Riverbend
    Visita: Checkup
    Cuándo: martes 18 de febrero de 2025 a las 3:30 p. m. (hora oriental)
    ¿La reservo?
    [Reservar | Cambiar algo]
    > tal vez
    < Solo reservo si usted lo dice con claridad.
    Revise su cita, por favor:
    Para: Lucía Reyes Vega
    Con: Dr. John Doe
    Dónde: Lakeside, 4 Lake Road, Riverbend
    Visita: Checkup
    Cuándo: martes 18 de febrero de 2025 a las 3:30 p. m. (hora oriental)
    ¿La reservo?
    [Reservar | Cambiar algo]
    > sí
    < Su cita ha sido reservada.
    Con: Dr. John Doe
    Cuándo: martes 18 de febrero de 2025 a las 3:30 p. m. (hora oriental)
    Dónde: Lakeside, 4 Lake Road, Riverbend
    Referencia: 901
    [Reservar otra cita]
    `,
  );
  expect(useCases.requests[0]?.localStart).toBe('2025-02-18T15:30');
});

test("the chart's language is spoken once it is known, unless the patient chose another", async () => {
  await play(
    open().chat,
    `
    > book
    ${greeting}
    Who is the appointment for? Please write the first and last name.
    > Lucia Reyes Vega, april 3 1990
    < Gracias, Lucía.
    ¿A qué consultorio quiere ir?
    [Main Street | Lakeside]
    `,
  );
  await play(
    open().chat,
    `
    > english
    ${greeting}
    OK, English it is.
    Would you like to book an appointment?
    [Book an appointment]
    > yes
    < Who is the appointment for? Please write the first and last name.
    > Lucia Reyes Vega, april 3 1990
    < Thank you, Lucía.
    ${officeQuestion}
    `,
  );
});

test('one office, one doctor and one visit type are not asked about', async () => {
  const { useCases, chat } = open();
  useCases.practice.offices = [mainStreet];
  useCases.practice.doctors = [doe];
  useCases.practice.visitTypes = [checkup];
  await play(
    chat,
    `
    > appointment
    ${greeting}
    Who is the appointment for? Please write the first and last name.
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    ${dayQuestion}
    > tuesday at 9:30
    < ${confirmQuestion('Tuesday, February 11, 2025 at 9:30 AM')}
    > change the doctor
    < There is only one doctor to choose here.
    ${confirmQuestion('Tuesday, February 11, 2025 at 9:30 AM')}
    > no
    < What would you like to change?
    [Change the day | Change the time | Change the patient | Start over]
    > back
    < ${confirmQuestion('Tuesday, February 11, 2025 at 9:30 AM')}
    > confirm
    < ${booked('Tuesday, February 11, 2025 at 9:30 AM', '901')}
    `,
  );
});

test('without visit types the visit has the default length', async () => {
  const { useCases, chat } = open();
  useCases.practice.visitTypes = [];
  await play(
    chat,
    `
    > appointment
    ${greeting}
    Who is the appointment for? Please write the first and last name.
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    ${officeQuestion}
    > 1
    < ${doctorQuestion}
    > 1
    < ${dayQuestion}
    > tomorrow at 9:30 am
    < ${confirmQuestion('Tuesday, February 11, 2025 at 9:30 AM').replace('Visit: Checkup\n', '\n')}
    > yes please
    < ${booked('Tuesday, February 11, 2025 at 9:30 AM', '901')}
    `,
  );
  expect(useCases.requests[0]?.durationMinutes).toBe(30);
});

test('whoever wants nothing more is left in peace', async () => {
  const { useCases, chat } = open();
  const bye = 'All right. Write "book" whenever you need an appointment.';
  await play(
    chat,
    `${toConfirm}
    > yes
    < ${booked(at930, '901')}
    > ok, thank you very much!
    < You are welcome. ${bye.slice('All right. '.length)}
    > yes
    < Would you like to book an appointment?
    [Book an appointment]
    > no
    < ${bye}
    > No, gracias
    < You are welcome. ${bye.slice('All right. '.length)}
    > no way to reach you?
    < Would you like to book an appointment?
    [Book an appointment]
    `,
  );
  expect(useCases.requests.length).toBe(1);
});

test('days that cannot be had are explained, and the nearest ones offered', async () => {
  const { useCases, chat } = open();
  useCases.practice.closedDays = ['2025-02-19'];
  await play(
    chat,
    `${toDay}
    > saturday
    < There is no open time on that day. These are the closest ones:
    [Thu Feb 13 | Fri Feb 14 | Mon Feb 17 | More]
    > feb 19
    < There is no open time on that day. These are the closest ones:
    [Mon Feb 17 | Tue Feb 18 | Thu Feb 20 | More]
    > Feb 3, 2025
    < That day is over. These are the closest ones:
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | More]
    > july 4
    < I can book only up to 60 days ahead. These are the closest ones:
    [Wed Apr 9 | Thu Apr 10 | Fri Apr 11 | More]
    > feb 31
    < That day is not in the calendar. These are the closest ones:
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | More]
    > 3/4
    < Which of these do you mean?
    [Tue Mar 4 | Thu Apr 3 | More]
    > 18
    < Which of these do you mean?
    [Tue Feb 18 | Tue Mar 18 | More]
    > more
    < ${dayQuestion}
    > the week after next
    < Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
    [Mon Feb 24 | Tue Feb 25 | Wed Feb 26 | Thu Feb 27 | Fri Feb 28 | Mon Mar 3 | More | Earlier]
    > at 3
    < These days have a time like that. Which one suits you?
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | Fri Feb 14 | Mon Feb 17 | Tue Feb 18 | More]
    > next friday
    < ${confirmQuestion('Friday, February 14, 2025 at 3:00 PM')}
    `,
  );
});

test('times that cannot be had are answered with the nearest two, parts of the day with their page', async () => {
  const { chat } = open();
  await play(
    chat,
    `${toTime}
    > 8 am
    < That time is not open. These are the closest ones:
    [Tue Feb 18, 9:00 AM | Tue Feb 18, 9:30 AM | Another day]
    > 12:10
    < That time is not open. These are the closest ones:
    [Tue Feb 18, 11:30 AM | Tue Feb 18, 1:00 PM | Another day]
    > 10
    < Which of these do you mean?
    [Tue Feb 18, 10:00 AM | Tue Feb 18, 10:30 AM | Another day]
    > after 3
    < What time on Tue Feb 18?
    [Tue Feb 18, 3:00 PM | Tue Feb 18, 3:30 PM | Tue Feb 18, 4:00 PM | Tue Feb 18, 4:30 PM | Earlier | Another day]
    > after 5 pm
    < There is no open time then. These are the closest ones:
    [Tue Feb 18, 4:00 PM | Tue Feb 18, 4:30 PM | Another day]
    > in the morning
    < ${timeQuestion('Tue Feb 18')}
    > another day
    < ${dayQuestion}
    > feb 20 at 4
    < ${confirmQuestion('Thursday, February 20, 2025 at 4:00 PM')}
    `,
  );
});
