// Looking at open times before saying who one is: that needs nobody's name; only booking does.
import type { Memory } from './memory.ts';
import { fold } from './words.ts';

const looking =
  /\b(?:just (?:looking|browsing|checking)|(?:what|which) (?:times|hours|days|openings|slots|availability)|(?:see|show|check|look at|know) (?:me )?(?:the |your |some |what |which )?(?:open |free |available )*(?:times|openings|slots|availability|hours|days)|when (?:is|are|does|do) (?:\S+ ){1,6}(?:free|available|open)|solo (?:estoy )?(?:mirando|viendo|queria ver|quiero ver)|(?:ver|saber|mostrar|muestreme|consultar) (?:que |los |las )*(?:horarios|horas|dias|disponibilidad|espacios|citas disponibles)|(?:que|cuales) (?:horarios|horas|dias) (?:tiene|tienen|hay|estan|son)|cuando (?:esta|estan|tiene|tienen|hay) (?:\S+ ){0,5}(?:libre|disponible|espacio|cita|lugar))\b|^(?:open )?(?:times|availability|openings|horarios|disponibilidad)$/;

/** "What times does Dr. Doe have?", "just looking". */
export const wantsToLook = (text: string): boolean => looking.test(fold(text).replace(/'/g, ''));

/** Until a time is picked nobody needs to say who they are; "the same doctor as last time" is somebody's. */
export const mayLook = ({ looking: isLooking, task, draft, challenge, register }: Memory): boolean =>
  isLooking === true &&
  task === undefined &&
  challenge === undefined &&
  register === undefined &&
  draft?.sameDoctor !== true &&
  draft?.firstName === undefined &&
  (draft?.day === undefined || draft.time === undefined);
