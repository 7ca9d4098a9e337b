import { escapeHtml } from '../services/escapeHtml';
import { REPLY_LINE } from '../services/inbound/quoteStripping';
import type { ReplyRoute } from './trayReply';

/** What stands in a form that is shown again, and why it was not taken. */
export interface Draft {
  readonly fault: string;
  readonly fields: Readonly<Record<string, string>>;
}

const STAFF_HINT =
  'What you write goes to the customer. A word on the first line does something else: <code>#note</code> keeps it inside the desk, <code>#extend</code> with a date and a reason moves the promised date, <code>#close</code> closes the case, <code>#spam</code> and <code>#not-privacy</code> file it, <code>#send</code> and <code>#discard</code> settle a held answer.';
const CUSTOMER_HINT = 'Write as the person who received this mail.';

const KEPT_HINT = 'The mail itself is quoted under your words, as a mail program does it.';

/** The form by which a mail's addressee answers it. */
export function replyForm(
  path: string,
  mail: { readonly text?: string | undefined },
  { from, to }: ReplyRoute,
  draft?: Draft,
): string {
  const hint = mail.text?.includes(REPLY_LINE) ? STAFF_HINT : CUSTOMER_HINT;
  return `<section aria-labelledby="reply"><h2 id="reply">Reply</h2>
<form method="post" action="${path}/reply">
<p class="route">From <b>${escapeHtml(from)}</b> to <b>${escapeHtml(to)}</b></p>
<label for="words">Your reply</label>
<p class="hint" id="hint">${hint} ${KEPT_HINT}</p>
<textarea id="words" name="words" rows="8" aria-describedby="hint">${kept(draft, 'words')}</textarea>
<button>Send reply</button></form></section>`;
}

/** The form by which anybody writes to the desk. */
export function writeForm(mailboxes: readonly string[], draft?: Draft): string {
  const options = mailboxes.map((mailbox) => {
    const selected = draft?.fields.to === mailbox ? ' selected' : '';
    return `<option${selected}>${escapeHtml(mailbox)}</option>`;
  });
  return `<section aria-labelledby="write"><h2 id="write">Write a mail</h2>
<form method="post" action="/mail/new">
<label for="from">From</label>
<p class="hint" id="from-hint">Any address: play a customer, or a stranger.</p>
<input id="from" name="from" type="email" required aria-describedby="from-hint" value="${kept(draft, 'from')}">
<label for="to">To</label>
<select id="to" name="to">${options.join('')}</select>
<label for="subject">Subject</label>
<input id="subject" name="subject" value="${kept(draft, 'subject')}">
<label for="words">Text</label>
<textarea id="words" name="words" rows="8">${kept(draft, 'words')}</textarea>
<button>Send mail</button></form></section>`;
}

/** The line break keeps one that the text itself begins with: HTML drops the first after the tag. */
const kept = (draft: Draft | undefined, field: string): string => {
  const value = escapeHtml(draft?.fields[field] ?? '');
  return field === 'words' ? `\n${value}` : value;
};

/** Why a form was not taken, for the top of its page, with the way back to the words. */
export const faultNotice = ({ fault }: Draft): string =>
  `<p class="fault" role="alert">It was not sent. ${escapeHtml(fault)} <a href="#words">What you wrote is still in the form.</a></p>`;
