// How Web Chat looks: its style options and the colours of its cards, out of the page's own colours (chat.css), light or dark.

/** The page's colours as they are right now, by their names in chat.css. */
function pageColors() {
  const styles = getComputedStyle(document.documentElement);
  const color = (name) => styles.getPropertyValue(`--${name}`).trim();
  return {
    accent: color('accent'),
    ink: color('ink'),
    bubble: color('bubble'),
    line: color('line'),
    subtle: color('subtle'),
    hover: color('hover'),
    focus: color('focus'),
  };
}

const channels = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, mixed with white until it can be read on all of `backgrounds`. On a light page it can be read as it is. */
function readable(color, ...backgrounds) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels(color).map((value) => Math.round(value + (255 - value) * share));
    const found = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
    if (backgrounds.every((background) => contrast(found, background) >= 6)) return found;
  }
  return '#ffffff';
}

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Props for renderWebChat. */
export function look() {
  const { accent, bubble, focus, hover, ink, line, subtle } = pageColors();
  // On white the practice's colour can be read: the settings see to it.
  const action = luminance(bubble) > 0.5 ? accent : readable(accent, bubble, hover);
  const styleOptions = {
    accent: action,
    primaryFont: font,
    subtle,
    backgroundColor: 'transparent',
    bubbleBackground: bubble,
    bubbleBorderColor: line,
    bubbleBorderRadius: 14,
    bubbleTextColor: ink,
    bubbleFromUserBackground: accent,
    bubbleFromUserBorderColor: accent,
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserTextColor: '#fff',
    bubbleMaxWidth: 620,
    bubbleMinHeight: 0,
    bubbleMinWidth: 0,
    timestampColor: subtle,
    hideUploadButton: true,
    sendBoxHeight: 52,
    sendBoxTextWrap: true,
    sendBoxBorderTop: `solid 1px ${line}`,
    sendBoxBackground: bubble,
    sendBoxTextColor: ink,
    sendBoxPlaceholderColor: subtle,
    sendBoxButtonColor: action,
    sendBoxButtonShadeColorOnHover: hover,
    sendBoxButtonKeyboardFocusIndicatorBorderColor: focus,
    sendBoxButtonKeyboardFocusIndicatorBorderWidth: 2,
    transcriptVisualKeyboardIndicatorColor: focus,
    transcriptActivityVisualKeyboardIndicatorColor: focus,
    suggestedActionsVisualKeyboardIndicatorColor: focus,
    newMessagesButtonBackgroundColor: accent,
    newMessagesButtonTextColor: '#fff',
    // A whole list can be read at once; a very long one scrolls by itself.
    suggestedActionLayout: 'flow',
    suggestedActionHeight: 38,
    suggestedActionsFlowMaxHeight: '42dvh',
    suggestedActionBackgroundColor: bubble,
    suggestedActionBackgroundColorOnHover: hover,
    suggestedActionBackgroundColorOnActive: hover,
    suggestedActionBorderColor: action,
    suggestedActionBorderRadius: 20,
    suggestedActionBorderWidth: 1,
    suggestedActionTextColor: action,
    suggestedActionKeyboardFocusIndicatorBorderColor: focus,
    suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
    suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
  };
  const text = { default: ink, subtle };
  const container = { backgroundColor: bubble, foregroundColors: { default: text, accent: text } };
  const adaptiveCardsHostConfig = {
    supportsInteractivity: true,
    fontFamily: font,
    fontSizes: { small: 13, default: 15, medium: 16, large: 20, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 12 },
    containerStyles: { default: container, emphasis: container },
    factSet: {
      spacing: 12,
      title: { weight: 'default', isSubtle: true, wrap: true, maxWidth: 110 },
      value: { weight: 'default', wrap: true },
    },
  };
  return { adaptiveCardsHostConfig, styleOptions };
}

const pauseMs = 300_000;
const timeOf = ({ timestamp }) => Date.parse(timestamp);

/**
 * One time stands under what was said without a pause: "Just now" under each bubble is noise. Web Chat shows one for each group
 * by sender too, which otherwise only joins avatars, and there are none.
 */
export const groupActivities = () => () => (transcript) => {
  const groups = [];
  for (const activity of transcript.activities) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && timeOf(activity) - timeOf(last) < pauseMs) groups.at(-1).push(activity);
    else groups.push([activity]);
  }
  return { sender: groups, status: groups };
};
