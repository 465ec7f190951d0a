// Stretches of transcript that many conversations share: from the first word to each question, in English.

export const greeting = `< Hello! I am the booking assistant of Riverbend Family Practice. I can book a doctor's appointment for you, and show, move or cancel your visits. (También hablo español: escriba "español".)
I keep what you write for 30 days, and your visits while the practice keeps its records. Write "my data" to see or delete it.`;

export const toName = `
  > book
  ${greeting}
  Who is the appointment for? Please write the first and last name.`;

export const officeQuestion = `Which office would you like to visit?
  [Main Street | Lakeside]`;

export const toOffice = `${toName}
  > Maria Lopez, 03/25/1980
  < Thank you, Maria.
  ${officeQuestion}`;

export const doctorQuestion = `Which doctor would you like to see?
  [Dr. John Doe | Dr. Ann Lee | Dr. Bob Lee]`;

export const typeQuestion = `What kind of visit is it?
  [Checkup | New patient visit]`;

export const dayQuestion = `Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
  [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | Fri Feb 14 | Mon Feb 17 | Tue Feb 18 | More]`;

export const toDay = `${toOffice}
  > main
  < ${doctorQuestion}
  > doe
  < ${typeQuestion}
  > checkup
  < ${dayQuestion}`;

/** The first page of the times of a day, as `Tue Feb 18`. */
export const timeQuestion = (day: string): string => `What time on ${day}?
  [${['9:00', '9:30', '10:00', '10:30', '11:00', '11:30'].map((time) => `${day}, ${time} AM`).join(' | ')} | More | Another day]`;

export const toTime = `${toDay}
  > feb 18
  < ${timeQuestion('Tue Feb 18')}`;

/** The confirm question; what differs from Maria's checkup with Dr. Doe at Main Street is given. */
export const confirmQuestion = (
  when: string,
  {
    doctor = 'Dr. John Doe',
    office = 'Main Street, 12 Main Street, Riverbend',
    visit = 'Checkup',
  }: { doctor?: string; office?: string; visit?: string } = {},
): string => `Please check your appointment:
  For: Maria Lopez
  With: ${doctor}
  Where: ${office}
  Visit: ${visit}
  When: ${when} (Eastern Time)
  Shall I book it?
  [Book it | Change something]`;

export const at930 = 'Tuesday, February 18, 2025 at 9:30 AM';

export const toConfirm = `${toTime}
  > 9:30
  < ${confirmQuestion(at930)}`;

export const booked = (
  when: string,
  reference: string,
): string => `Your appointment has been successfully booked.
  With: Dr. John Doe
  When: ${when} (Eastern Time)
  Where: Main Street, 12 Main Street, Riverbend
  Reference: ${reference}
  [Book another appointment]`;
