// Makes text inert: nothing that a patient or an EHR typed becomes markup, whatever the client makes of its text.

// Look-alikes rather than backslashes: a client that does not read markdown would show the backslashes.
const lookAlikes: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '`': 'ˋ',
  '~': '∼',
  '<': '‹',
  '>': '›',
  '[': '［',
  ']': '］',
  '\\': '＼',
  '#': '＃',
  '|': '∣',
  '&': '＆',
};

/** Makes every character that starts markdown or HTML inert: at a line's start for `#`, in an entity for `&`, anywhere for the rest. */
export function withoutMarkup(text: string): string {
  return text.replace(/[*_`~<>[\]\\|]|^#|&(?=#?\w{1,32};)/gm, (found) => lookAlikes[found] ?? found);
}

/**
 * One line for a TextBlock or a fact of an Adaptive Card, which read a subset of markdown: emphasis, links, and lists at the
 * line's start (https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features). Clients also link bare addresses.
 */
export function inCard(line: string): string {
  return withoutMarkup(line.trim())
    .replace(/^([-+])(?= )/, '‐')
    .replace(/^(\d{1,9})[.)](?= )/, '$1․')
    .replace(/:\/\//g, '∶//')
    .replace(/\bwww\./gi, 'www․')
    .replace(/@/g, '＠');
}
