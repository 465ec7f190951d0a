// What the bot says, as data: text that stands alone, choices, and the confirmation. channels.ts renders it.
import type { Confirmation } from '../services/confirmation.ts';

export type Language = 'en' | 'es';

/** One thing that a patient can pick: what is read, and what a tap sends back as the patient's own words. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

export interface Reply {
  /** Plain text, never markup; understandable without the choices. May hold line breaks. */
  readonly text: string;
  readonly choices?: readonly Choice[];
  /** The booking's confirmation as data, beside the words. */
  readonly confirmation?: Confirmation;
  readonly language: Language;
}
