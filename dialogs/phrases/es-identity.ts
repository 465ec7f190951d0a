// Who somebody is, in Spanish.
import type { IdentityPhrases } from './identity-phrases.ts';
import { listOf } from './list-of.ts';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** Of this very conversation there is a record only when its turn is over. */
function kept(counts: readonly string[], since: string | undefined): string {
  const some = counts.filter((counted) => !counted.startsWith('0 '));
  if (some.length === 0) return 'No guardo nada de usted, salvo esta conversación.';
  return `Guardo esto de usted: ${listOf(some, 'y')}${since === undefined ? '' : `; lo más antiguo es del ${since}`}.`;
}

export const identity = {
  timesFirst: () => 'Para ver primero los horarios, escriba "horarios".',
  whoToBook: () => 'Para reservarla necesito saber para quién es.',
  askCode: () =>
    'Si estos datos coinciden con nuestros registros, un código va en camino al teléfono o correo que tenemos. ¿Cuál es el código? Tiene 6 cifras.',
  codeUnderWay: (minutes) =>
    `El código puede tardar un poco. Puedo pedir otro en ${count(minutes, 'minuto', 'minutos')}.`,
  askNameForData: () => '¿De quién son los datos? Escriba el nombre y el apellido.',
  askCodeAgain: () => '¿Cuál es el código?',
  askNameForVisits: () => '¿De quién son las citas? Escriba el nombre y el apellido.',
  askContactCode: () => 'Un código va en camino. ¿Cuál es el código? Tiene 6 cifras.',
  noCodeLabel: () => 'No tengo código',
  whyCode: () => 'El código muestra que es usted: así nadie más puede ver ni cambiar sus citas.',
  notSixDigits: () => 'El código tiene 6 cifras.',
  wrongCode: (triesLeft) => `Ese no es el código. Puede intentarlo ${count(triesLeft, 'vez', 'veces')} más.`,
  codeOver: () => 'No pude confirmar quién es usted.',
  contactCodeOver: () => 'Ese código ya no sirve. Intentémoslo de nuevo.',
  waysOn: (phone) => `Puede registrarse aquí como paciente nuevo, o llamar al ${phone} y le ayudarán.`,
  registerLabel: () => 'Registrarme',
  claimAgainLabel: () => 'Corregir mis datos',
  claimAgainLater: (minutes, phone) =>
    `Espere ${count(minutes, 'minuto', 'minutos')} antes de intentarlo otra vez, o llame al ${phone}.`,
  noWayToProve: (phone) =>
    `Por su privacidad debo estar seguro de quién es, y aquí no puedo comprobarlo. Llame al ${phone} y le harán la cita.`,
  askPerson: (about) =>
    ({
      booking: '¿Para quién es la cita?',
      visits: '¿De quién son las citas?',
      data: '¿De quién son los datos?',
    })[about],
  someoneElseLabel: () => 'Otra persona',

  askContact: (channels) => {
    const both = channels.includes('sms') && channels.includes('email');
    const what = both
      ? 'número de celular o su correo'
      : channels.includes('sms')
        ? 'número de celular'
        : 'correo';
    return `¿Cuál es su ${what}? Enviaré un código ahí.`;
  },
  askGender: () => '¿Qué debe decir el expediente sobre el género?',
  gender: {
    Female: () => 'Femenino',
    Male: () => 'Masculino',
    Other: () => 'Otro',
    UNK: () => 'Desconocido',
    ASKU: () => 'Prefiero no decirlo',
  },
  askRegister: ({ person, birthDate, gender, contact }) => ({
    title: 'Revise los datos del paciente nuevo:',
    rows: [
      { label: 'Nombre', value: person },
      { label: 'Nacimiento', value: birthDate },
      { label: 'Género', value: gender },
      { label: 'Contacto', value: contact },
    ],
    closing: '¿Hago el registro?',
  }),
  registerYesLabel: () => 'Registrarme',
  registerNoLabel: () => 'Algo está mal',
  notRegistered: (phone) =>
    `No puedo hacer el registro aquí, así que no cambié nada. Llame al ${phone} y lo harán con usted.`,
  notRegisteredNow: (phone) =>
    `Ahora no puedo comunicarme con el sistema del consultorio, así que el registro no está hecho. Inténtelo en unos minutos o llame al ${phone}.`,
  registerUnsure: (phone) =>
    `No pude saber si el registro quedó hecho. Llame al ${phone} antes de intentarlo otra vez.`,

  signedOut: () => 'De acuerdo, olvidé quién es. Escriba "reservar" cuando necesite una cita.',
  notSignedIn: () => 'No sé quién es usted, así que no hay nada que olvidar.',
  notice: ({ conversationDays, sends }) =>
    `Guardo lo que escribe durante ${count(conversationDays, 'día', 'días')}, y sus citas mientras el consultorio guarde sus registros.${sends.length === 0 ? '' : ` Envío códigos y confirmaciones por ${sends.map((channel) => (channel === 'sms' ? 'mensaje de texto' : 'correo')).join(' o ')}.`} Escriba "mis datos" para verlos o borrarlos.`,
  ownData: ({ visits, messages, conversations, links }, since, phone) =>
    `${kept([count(visits, 'cita', 'citas'), count(messages, 'mensaje', 'mensajes'), count(conversations, 'conversación', 'conversaciones'), count(links, 'cuenta vinculada', 'cuentas vinculadas')], since)} Su expediente lo guarda el consultorio: llame al ${phone}. Para borrar lo que guardo, escriba "borrar mis datos".`,
  askDeleteData: (phone) =>
    `Voy a borrar lo que guardo de usted. Su expediente y sus citas quedan en el consultorio (para eso llame al ${phone}). ¿Lo borro?`,
  deleteItLabel: () => 'Borrarlo',
  keepDataLabel: () => 'Conservarlo',
  visitsOutlastData: () =>
    'Sus citas siguen en pie en el consultorio: con esto no se cancela ninguna. Para cancelar una, escriba "cancelar mi cita".',
  dataKept: () => 'De acuerdo, no borré nada.',
  dataDeleted: (phone) =>
    `Listo: borré lo que guardaba de usted y ya no sé quién es. Para su expediente, llame al ${phone}.`,
} satisfies IdentityPhrases;
