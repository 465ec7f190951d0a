// The words that work at every step, in both languages, as tables: whole messages first, then what is clear inside a sentence.

export type Command =
  | 'help'
  | 'back'
  | 'start-over'
  | 'stop'
  | 'person'
  | 'spanish'
  | 'english'
  | 'see'
  | 'move'
  | 'call-off'
  | 'late'
  | 'show-data'
  | 'delete-data'
  | 'sign-out'
  | 'repeat';

/** Whole messages only: "back" inside a sentence ("my back hurts") is no command. */
export const exact: Readonly<Partial<Record<Command, readonly string[]>>> = {
  help: [
    'help',
    'help me',
    'ayuda',
    'ayudame',
    'what can you do',
    'how does this work',
    'info',
    'options',
    'opciones',
  ],
  back: ['back', 'go back', 'previous', 'atras', 'volver', 'regresar', 'anterior'],
  'start-over': [
    'start over',
    'restart',
    'start again',
    'begin again',
    'reset',
    'empezar de nuevo',
    'comenzar de nuevo',
    'reiniciar',
    'empezar otra vez',
  ],
  stop: [
    'cancel',
    'stop',
    'stop here',
    'stop it',
    'lets stop',
    'parar aqui',
    'dejemoslo aqui',
    'quit',
    'exit',
    'end',
    'never mind',
    'nevermind',
    'forget it',
    'salir',
    'cancelar',
    'parar',
    'olvidalo',
    'dejalo',
  ],
  person: [
    'person',
    'a person',
    'human',
    'a human',
    'agent',
    'operator',
    'representative',
    'receptionist',
    'front desk',
    'real person',
    'persona',
    'una persona',
    'humano',
    'recepcion',
    'recepcionista',
    'operador',
  ],
  spanish: [
    'espanol',
    'spanish',
    'en espanol',
    'in spanish',
    'hablo espanol',
    'habla espanol',
    'se habla espanol',
    'prefiero espanol',
  ],
  english: [
    'english',
    'ingles',
    'in english',
    'en ingles',
    'hablo ingles',
    'i speak english',
    'prefiero ingles',
  ],
  see: [
    'my appointments',
    'my appointment',
    'my visits',
    'my visit',
    'show my appointments',
    'when is my appointment',
    'when is my next appointment',
    'mis citas',
    'mi cita',
    'ver mis citas',
    'cuando es mi cita',
  ],
  'show-data': [
    'my data',
    'show my data',
    'show me my data',
    'mis datos',
    'ver mis datos',
    'mostrar mis datos',
    'muestreme mis datos',
  ],
  'delete-data': [
    'delete my data',
    'erase my data',
    'forget my data',
    'borrar mis datos',
    'borre mis datos',
    'eliminar mis datos',
    'elimine mis datos',
  ],
  'sign-out': [
    'sign out',
    'signout',
    'log out',
    'logout',
    'sign me out',
    'log me out',
    'forget me',
    'cerrar sesion',
    'cierre sesion',
    'cierra sesion',
  ],
  repeat: ['repeat', 'again', 'repetir', 'repita', 'otra vez', 'say again', 'continue', 'continuar'],
};
// Clear enough inside a sentence.
export const inside: readonly (readonly [RegExp, Command])[] = [
  [/\bstart over\b|\bempezar de nuevo\b|\bcomenzar de nuevo\b/, 'start-over'],
  [
    /\b(?:talk|speak|chat) (?:to|with) (?:a |an |some ?|the )?(?:real |live )?(?:person|human|one|someone|somebody|agent|representative|receptionist|front desk)\b/,
    'person',
  ],
  [
    /\bhablar con (?:una |un |la |el )?(?:persona|alguien|humano|agente|recepcionista|recepcion|representante)\b/,
    'person',
  ],
  [
    /(?<!\b(?:had to|(?:don'?t|not|didn'?t|never)(?: want to| wanna| need to| mean to)?) )\bcancel (?:(?:my|an|the|our) )?(?:\w+ )?(?:appointment|appt|visit|booking|reservation)\b/,
    'call-off',
  ],
  [/\breschedule (?:(?:my|an|the|our) )?(?:\w+ )?(?:appointment|appt|visit|booking|reservation)\b/, 'move'],
  [
    /(?<!\b(?:tuve que|no(?: quiero| voy a| quise| queria)?) )\b(?:cancelar|anular) (?:(?:mi|una|la) )?(?:\w+ )?(?:cita|visita|reserva)\b/,
    'call-off',
  ],
  [/\breprogramar (?:(?:mi|una|la) )?(?:\w+ )?(?:cita|visita|reserva)\b/, 'move'],
];

// "I have an appointment", "I am running late": about a visit on file, whatever else is said.
export const isLate = new RegExp(
  [
    '\\brunning (?:\\S+ ){0,4}?(?:late|behind)\\b',
    '\\bbe late for\\b',
    "\\b(?:im|i'm|i am|we are|we're) (?:\\S+ )?late\\b",
    "\\b(?:gonna|going to|will|i'?ll|might|may) be (?:\\S+ ){0,4}?late\\b(?! (?:morning|afternoon|in|next|this))",
    '\\b(?:voy (?:a llegar )?(?:un poco )?tarde|llego (?:un poco )?tarde|llegare (?:\\S+ )?tarde|voy (?:con retraso|retrasad[oa])|se me (?:hizo|hace|va a hacer) tarde)\\b',
  ].join('|'),
);
export const onFile =
  /\b(?:i have (?:an|my) (?:\w+ )?(?:appointment|appt|visit)|tengo (?:una |mi )?cita (?:hoy|manana|el|con|a las|este|esta))\b/;
