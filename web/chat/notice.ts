import { element } from './dom.js';

const notice = element('notice', HTMLElement);
const text = element('notice-text', HTMLElement);
const retry = element('retry', HTMLButtonElement);
const talking = element('talking', HTMLElement);
const unreachable = element('unreachable', HTMLTemplateElement);

let again: (() => void) | undefined;
retry.addEventListener('click', () => {
  again?.();
});

/** Says in words, politely also to a screen reader, how things stand; stays until the next notice. */
export function say(words: string): void {
  show(words === '' ? [] : [words]);
}

/** Says who talks to the customer, as long as it is a person. */
export function sayTalkingTo(name: string): void {
  talking.textContent = name === '' ? '' : `You are talking to ${name}, a person at Comantra.`;
  talking.hidden = name === '';
}

/** Says that the desk does not answer, with a button that does `tryAgain`. */
export function sayUnreachable(tryAgain: () => void): void {
  // Saying the same again would only interrupt a screen reader.
  if (again === undefined) show([unreachable.content.cloneNode(true)]);
  again = tryAgain;
  retry.hidden = false;
}

function show(content: readonly (string | Node)[]): void {
  again = undefined;
  retry.hidden = true;
  text.replaceChildren(...content);
  notice.classList.toggle('shown', content.length > 0);
}
