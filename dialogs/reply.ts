// What the bot says, as data: text that stands alone, choices, and the confirmation. channels.ts renders it.
import type { Confirmation } from '../services/confirmation.ts';

export type Language = 'en' | 'es';

/** One thing that a patient can pick: what is read, what a tap says in the patient's name, and what the open question calls it. */
export interface Choice {
  readonly label: string;
  readonly value: string;
  readonly key: string;
}

/** Which question of which conversation a button belongs to: a tap on an older one is known by it, and changes nothing. */
export interface Question {
  readonly step: string;
  readonly nonce: string;
}

/** A tap as the channel sends it back: the question's mark and the choice's key. */
export interface Tap extends Question {
  readonly key: string;
}

/** Facts that read well as a card; the text says the same. */
export interface Card {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** The question under the facts, if one is asked. */
  readonly closing?: string;
}

export interface Reply {
  /** Plain text, never markup; understandable without the choices. May hold line breaks. */
  readonly text: string;
  readonly choices?: readonly Choice[];
  /** Days and times: short labels that stand well in a grid of buttons. */
  readonly layout?: 'grid';
  /** The question that the choices answer. */
  readonly question?: Question;
  readonly card?: Card;
  /** To stand in the place of the card that was just tapped, where the channel can replace one. */
  readonly receipt?: string;
  /** A file to fetch, by its path on this server: shown where the channel can reach it. */
  readonly link?: { readonly label: string; readonly path: string };
  /** The booking's confirmation as data, beside the words. */
  readonly confirmation?: Confirmation;
  readonly language: Language;
}

/** The card as plain text: what every channel can show. */
export const cardText = ({ title, rows, closing }: Card): string =>
  [
    title,
    ...rows.map(({ label, value }) => `${label}: ${value}`),
    ...(closing === undefined ? [] : [closing]),
  ].join('\n');
