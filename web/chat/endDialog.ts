import { element } from './dom.js';

/** What ending came to. */
export type Ended = 'ended' | 'unreachable';

/** Wires the button that ends and clears the chat: it asks once, then does `end`; only one question at a time. */
export function askBeforeEnding(end: () => Promise<Ended>): void {
  const dialog = element('end-dialog', HTMLDialogElement);
  const confirm = element('end-confirm', HTMLButtonElement);
  const problem = element('end-problem', HTMLElement);

  element('end', HTMLButtonElement).addEventListener('click', () => {
    problem.textContent = '';
    dialog.showModal();
  });
  element('end-cancel', HTMLButtonElement).addEventListener('click', () => {
    dialog.close();
  });
  confirm.addEventListener('click', () => {
    confirm.disabled = true;
    problem.textContent = '';
    void end()
      .then((ended) => {
        if (ended === 'ended') dialog.close();
        else
          problem.textContent =
            'The desk can’t be reached, so nothing was cleared yet. Please try again.';
      })
      .finally(() => {
        confirm.disabled = false;
      });
  });
}
