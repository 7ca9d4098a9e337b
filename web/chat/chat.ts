import { adaptiveCardsHostConfig, styleOptions } from './appearance.js';
import { Connection } from './connection.js';
import { askWhetherToContinue, takeBrought, type Brought } from './continuation.js';
import { element } from './dom.js';
import { askBeforeEnding, type Ended } from './endDialog.js';
import { say, sayTalkingTo, sayUnreachable } from './notice.js';
import {
  endSession,
  forgetSession,
  newSession,
  renewed,
  storedSession,
  storeSession,
} from './session.js';
import type { Session } from './session.js';

const webChat = element('webchat', HTMLElement);
const endButton = element('end', HTMLButtonElement);
let connection: Connection | undefined;
let ending = false;

/** Goes on with this tab's conversation, or begins one. */
async function start(): Promise<void> {
  const stored = storedSession();
  const asked = stored ? await renewed(stored) : await newSession();
  if (asked.outcome === 'ok') open(asked.value);
  else if (asked.outcome === 'gone')
    await startAfresh('The last chat has ended. This is a new one.');
  else sayUnreachable(() => void start());
}

async function startAfresh(words: string, draft = '', then?: () => void): Promise<void> {
  forgetSession();
  const asked = await newSession();
  if (asked.outcome !== 'ok') {
    sayUnreachable(() => void startAfresh(words, draft, then));
    return;
  }
  open(asked.value, draft);
  say(words);
  then?.();
}

/** Begins a new chat in which a request goes on that came by mail; the one that this tab had is left as it is. */
async function continueRequest(token: string): Promise<void> {
  connection?.end();
  await startAfresh('This is a new chat, for the request that you sent by mail.', '', () => {
    connection?.continueRequest(token, () => {
      say('The request could not be continued. Please open the link in the mail again.');
    });
  });
}

/** What a link in a mail brought here, or else this tab's conversation. */
async function begin(brought: Brought): Promise<void> {
  if (brought.outcome === 'token' && (await askWhetherToContinue())) {
    await continueRequest(brought.token);
    return;
  }
  if (!connection) await start();
  if (brought.outcome === 'broken')
    say('The link that you opened is not complete. Please copy the whole address from the mail.');
}

function open(session: Session, draft = ''): void {
  storeSession(session);
  const opened = new Connection(session, {
    online: () => {
      if (unreachable) say('');
      unreachable = false;
    },
    unreachable: () => {
      unreachable = true;
      sayUnreachable(() => void opened.recover());
    },
    talkingTo: (name) => {
      sayTalkingTo(name);
      // A person may see that somebody types; the bot need not know.
      render(name !== '');
    },
    gone: (unsent) => {
      const draft = unsent ?? store.getState().sendBoxValue;
      if (!ending) void startAfresh('The last chat has ended. This is a new one.', draft);
    },
  });
  let unreachable = false;
  say('');
  connection = opened;
  const store = window.WebChat.createStore();
  if (draft !== '') store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text: draft } });
  const render = (sendTypingIndicator: boolean): void => {
    window.WebChat.renderWebChat(
      {
        // A new key makes Web Chat let go of the last conversation altogether.
        key: session.conversationId,
        adaptiveCardsHostConfig,
        directLine: opened,
        locale: 'en-US',
        role: 'region',
        sendTypingIndicator,
        store,
        styleOptions,
        userID: session.userId,
      },
      webChat,
    );
  };
  sayTalkingTo('');
  render(false);
  endButton.hidden = false;
}

async function end(): Promise<Ended> {
  if (!connection) return 'ended';
  ending = true;
  const asked = await endSession(connection.current());
  ending = false;
  if (asked.outcome === 'unreachable') return 'unreachable';
  connection.end();
  await startAfresh('The chat was ended and cleared. This is a new one.');
  return 'ended';
}

askBeforeEnding(end);
addEventListener('pagehide', () => {
  if (connection) storeSession(connection.current());
});
addEventListener('online', () => void connection?.recover());
element('not-started', HTMLElement).remove();
addEventListener('hashchange', () => void begin(takeBrought()));
void begin(takeBrought());
