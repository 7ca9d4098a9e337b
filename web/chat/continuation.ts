import { element } from './dom.js';

const MARK = '#continue=';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What a link in a mail brought to this page. */
export type Brought =
  | { readonly outcome: 'nothing' }
  /** The token with which a request that came by mail goes on. */
  | { readonly outcome: 'token'; readonly token: string }
  /** A link that was cut short. */
  | { readonly outcome: 'broken' };

/** Takes the token of a link out of the page's address, so that it stays neither there nor in the history. */
export function takeBrought(): Brought {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(MARK)) return { outcome: 'nothing' };
  history.replaceState(history.state, '', pathname + search);
  const token = hash.slice(MARK.length);
  return TOKEN.test(token) ? { outcome: 'token', token } : { outcome: 'broken' };
}

/**
 * Asks whether to go on with the request; true when the customer says so. Never without asking: a program that opens the
 * links of a mail, and may even run scripts, would use the link up.
 */
export function askWhetherToContinue(): Promise<boolean> {
  const dialog = element('continue-dialog', HTMLDialogElement);
  // Asked already, for a link that was opened before in this tab.
  if (dialog.open) return Promise.resolve(false);
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    const settle = (goesOn: boolean): void => {
      listening.abort();
      dialog.close();
      resolve(goesOn);
    };
    const on = (id: string, goesOn: boolean): void => {
      element(id, HTMLButtonElement).addEventListener(
        'click',
        () => {
          settle(goesOn);
        },
        { signal },
      );
    };
    on('continue-later', false);
    on('continue-confirm', true);
    dialog.addEventListener(
      'cancel',
      (event) => {
        event.preventDefault();
        settle(false);
      },
      { signal },
    );
    dialog.showModal();
  });
}
