/** Web Chat's options: the desk's colours with at least AA contrast, big targets, no uploads, nothing that moves. */

const INK = '#16262c';
const INK_SOFT = '#4a5b62';
const PAPER = '#ffffff';
const GROUND = '#f3f7f8';
const ACCENT = '#0b5563';
const ACCENT_STRONG = '#073f4a';
const ACCENT_GROUND = '#e3f0f2';
const LINE = '#d3dee1';
const CONTROL_LINE = '#6f858c';
const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif";

/** Longer than any pause that the connection survives by itself: what is held back is sent, not offered again. */
const SEND_TIMEOUT_MS = 300_000;

const bubbles = {
  bubbleBackground: PAPER,
  bubbleBorderColor: LINE,
  bubbleBorderRadius: 14,
  bubbleTextColor: INK,
  bubbleFromUserBackground: ACCENT,
  bubbleFromUserBorderColor: ACCENT,
  bubbleFromUserBorderRadius: 14,
  bubbleFromUserTextColor: PAPER,
  bubbleMaxWidth: 600,
  bubbleMinWidth: 40,
};

const sendBox = {
  hideUploadButton: true,
  disableFileUpload: true,
  sendBoxBackground: PAPER,
  sendBoxBorderTop: `solid 1px ${CONTROL_LINE}`,
  sendBoxButtonColor: ACCENT,
  sendBoxButtonColorOnDisabled: INK_SOFT,
  sendBoxButtonShadeColorOnHover: ACCENT_GROUND,
  sendBoxButtonShadeColorOnActive: ACCENT_GROUND,
  sendBoxButtonKeyboardFocusIndicatorBorderColor: ACCENT,
  sendBoxButtonKeyboardFocusIndicatorBorderWidth: 3,
  sendBoxButtonKeyboardFocusIndicatorInset: 2,
  sendBoxHeight: 56,
  sendBoxPlaceholderColor: INK_SOFT,
  sendBoxTextColor: INK,
  sendBoxTextWrap: true,
};

const suggestedActions = {
  suggestedActionBackgroundColor: PAPER,
  suggestedActionBackgroundColorOnHover: ACCENT_GROUND,
  suggestedActionBackgroundColorOnActive: ACCENT_GROUND,
  suggestedActionBorderColor: ACCENT,
  suggestedActionBorderRadius: 22,
  suggestedActionBorderWidth: 1,
  suggestedActionHeight: 44,
  suggestedActionLayout: 'flow',
  suggestedActionTextColor: ACCENT_STRONG,
  suggestedActionKeyboardFocusIndicatorBorderColor: ACCENT,
  suggestedActionKeyboardFocusIndicatorBorderStyle: 'solid',
  suggestedActionKeyboardFocusIndicatorBorderWidth: 2,
  suggestedActionsVisualKeyboardIndicatorColor: ACCENT,
};

/** The `styleOptions` of Web Chat. */
export const styleOptions = {
  ...bubbles,
  ...sendBox,
  ...suggestedActions,
  accent: ACCENT,
  backgroundColor: GROUND,
  subtle: INK_SOFT,
  primaryFont: FONT,
  monospaceFont: 'ui-monospace, Consolas, Menlo, monospace',
  paddingRegular: 12,
  emojiSet: {},
  markdownRenderHTML: false,
  sendTimeout: SEND_TIMEOUT_MS,
  showAvatarInGroup: 'status',
  timestampColor: INK_SOFT,
  transcriptActivityVisualKeyboardIndicatorColor: ACCENT,
  transcriptActivityVisualKeyboardIndicatorStyle: 'solid',
  transcriptActivityVisualKeyboardIndicatorWidth: 2,
  transcriptVisualKeyboardIndicatorColor: ACCENT,
};

/** How Web Chat draws adaptive cards. */
export const adaptiveCardsHostConfig = {
  fontFamily: FONT,
  fontSizes: { small: 14, default: 16, medium: 18, large: 20, extraLarge: 24 },
  spacing: { small: 6, default: 10, medium: 16, large: 24, extraLarge: 32, padding: 14 },
  separator: { lineThickness: 1, lineColor: LINE },
  textBlock: { headingLevel: 2 },
  containerStyles: {
    default: {
      backgroundColor: PAPER,
      foregroundColors: {
        default: { default: INK, subtle: INK_SOFT },
        accent: { default: ACCENT, subtle: ACCENT },
        good: { default: '#1c5c33', subtle: '#1c5c33' },
        warning: { default: '#7a4a00', subtle: '#7a4a00' },
        attention: { default: '#a01c1c', subtle: '#a01c1c' },
      },
    },
    emphasis: {
      backgroundColor: GROUND,
      foregroundColors: { default: { default: INK, subtle: INK_SOFT } },
    },
  },
  actions: { buttonSpacing: 10, actionsOrientation: 'vertical', actionAlignment: 'stretch' },
};
