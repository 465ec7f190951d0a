// Adaptive Cards: the facts of a reply, and for Teams its whole question with buttons. Plain JSON, version 1.5.
import type { Attachment } from 'botbuilder';
import type { Card, Choice, Language, Reply } from '../dialogs/reply.ts';
import { inCard } from './inert.ts';
import { markOf } from './taps.ts';

// Teams, and Web Chat's renderer, know 1.5: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
const version = '1.5';
const contentType = 'application/vnd.microsoft.card.adaptive';
/** Teams hides what goes beyond six buttons of one set behind "...". */
const buttonsInRow = 3;

/** Choices that turn to other days or times: below a grid, not in it. */
const turns = new Set(['more', 'earlier', 'other-day']);

type Element = Readonly<Record<string, unknown>>;

const cardOf = (language: Language, fallbackText: string, body: readonly Element[]): Attachment => ({
  contentType,
  content: {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version,
    lang: language,
    fallbackText,
    body,
  },
});

/** A block a line: a line break inside a block is not shown by every client. */
const textBlocks = (text: string, style: Element = {}): readonly Element[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => ({
      type: 'TextBlock',
      text: inCard(line),
      wrap: true,
      ...(index === 0 ? {} : { spacing: 'None' }),
      ...style,
    }));

/** Lines of the text that the card does not show by itself: sentences before and after the facts. */
function linesBeside(text: string, { title, rows, closing }: Card): { before: string; after: string } {
  const shown = new Set([title, closing, ...rows.map(({ label, value }) => `${label}: ${value}`)]);
  const lines = text.split('\n');
  const first = lines.findIndex((line) => shown.has(line));
  if (first === -1) return { before: '', after: '' }; // The same in other words.
  return {
    before: lines.slice(0, first).join('\n'),
    after: lines
      .slice(first)
      .filter((line) => !shown.has(line))
      .join('\n'),
  };
}

function factBlocks({ text, link }: Reply, card: Card): readonly Element[] {
  const { before, after } = linesBeside(text, card);
  return [
    ...textBlocks(before),
    ...textBlocks(card.title, { weight: 'Bolder', size: 'Medium' }),
    {
      type: 'FactSet',
      facts: card.rows.map(({ label, value }) => ({ title: inCard(label), value: inCard(value) })),
    },
    ...textBlocks(after),
    ...textBlocks(card.closing ?? ''),
    ...linkBlocks(link),
  ];
}

const linkBlocks = (link: Reply['link']): readonly Element[] =>
  link === undefined
    ? []
    : [actionSet([{ type: 'Action.OpenUrl', title: link.label, url: link.path }], { spacing: 'Medium' })];

/** The facts alone, for a channel that shows the choices by itself; a link without facts stands under the text. */
export const factsCard = (reply: Reply): readonly Attachment[] => {
  const { card, language, link, text } = reply;
  if (card === undefined && link === undefined) return [];
  const blocks = card === undefined ? [...textBlocks(text), ...linkBlocks(link)] : factBlocks(reply, card);
  return [cardOf(language, text, blocks)];
};

/**
 * A whole reply: its facts or its sentences, and a button for each choice. `fallback`: the same as plain text. `bare`: for a
 * client that fails on Teams' own part of a button.
 */
export function questionCard(
  reply: Reply,
  choices: readonly Choice[],
  fallback: string,
  bare: boolean,
): Attachment {
  const { card, language, link, text } = reply;
  return cardOf(language, fallback, [
    ...(card === undefined ? [...textBlocks(text), ...linkBlocks(link)] : factBlocks(reply, card)),
    ...buttonRows(reply, choices, bare),
  ]);
}

/**
 * A tap is a message in the patient's name, with the mark beside it:
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-actions#adaptive-cards-with-messageback-action
 */
const buttonOf = ({ question }: Reply, choice: Choice, bare: boolean): Element => ({
  type: 'Action.Submit',
  title: choice.label,
  data: {
    ...(bare
      ? { says: choice.value }
      : { msteams: { type: 'messageBack', text: choice.value, displayText: choice.label } }),
    ...markOf(question, choice),
  },
});

const actionSet = (actions: readonly Element[], more: Element = {}): Element => ({
  type: 'ActionSet',
  ...more,
  actions,
});

/** Short labels stand beside each other, long ones below each other: a button cuts what is wider than itself. */
function buttonRows(reply: Reply, choices: readonly Choice[], bare: boolean): readonly Element[] {
  if (choices.length === 0) return [];
  if (reply.layout === 'grid') return grid(reply, choices, bare);
  const [first, ...others] = choices.map((choice) => buttonOf(reply, choice, bare));
  // The question under a card's facts is answered by its first button: the one to be seen first.
  const actions = [
    { ...first, ...(reply.card?.closing === undefined ? {} : { style: 'positive' }) },
    ...others,
  ];
  const longest = Math.max(...choices.map(({ label }) => label.length));
  return choices.length <= buttonsInRow && longest * choices.length <= 48
    ? [actionSet(actions, { spacing: 'Medium' })]
    : actions.map((action, row) => actionSet([action], { spacing: row === 0 ? 'Medium' : 'Small' }));
}

function grid(reply: Reply, choices: readonly Choice[], bare: boolean): readonly Element[] {
  const cells = choices.filter(({ key }) => !turns.has(key));
  const below = choices.filter(({ key }) => turns.has(key)).map((choice) => buttonOf(reply, choice, bare));
  const columns = cells.every(({ label }) => label.length <= 13) ? buttonsInRow : 2;
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) => ({
    type: 'ColumnSet',
    spacing: row === 0 ? 'Medium' : 'Small',
    // An empty column keeps the buttons of a last row in line with those above.
    columns: Array.from({ length: columns }, (_, column) => ({
      type: 'Column',
      width: 'stretch',
      spacing: 'Small',
      items: cells
        .slice(row * columns, (row + 1) * columns)
        .slice(column, column + 1)
        .map((choice) => actionSet([buttonOf(reply, choice, bare)])),
    })),
  }));
  return [...rows, ...(below.length === 0 ? [] : [actionSet(below, { spacing: 'Medium' })])];
}
