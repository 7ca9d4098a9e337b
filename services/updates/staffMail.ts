import type { UpdateRequest } from '../../models/updateContent';
import { facts, list, paragraph } from '../mailText';
import { fieldsInWords, type UpdateMail } from './mails';
import { fieldsOf } from './fields';

const DOORS: Readonly<Record<UpdateRequest['door'], string>> = {
  chat: 'in the chat',
  mail: 'by mail, continued in the chat',
  staff: 'taken down by a member of staff',
  phone: 'by telephone',
};

const SIGNED = '--by YOUR@ADDRESS --reason "…"';

/** What a request waits for, and why, in a sentence for staff. */
export function whyItWaits({ kind, state, trouble, door }: UpdateRequest): string {
  if (kind === 'password')
    return 'The customer has forgotten their password, and there is no page for a new one: please see to it.';
  if (state === 'person')
    return `The customer could not prove themselves with the mailbox on file (${TROUBLE_WORDS[trouble ?? 'none']}): somebody has to find out who they are and vouch for the request. After that a second person has to approve it.`;
  if (trouble)
    return `The customer could not prove themselves with the mailbox on file (${TROUBLE_WORDS[trouble]}). One of you has vouched for it: somebody else has to approve it.`;
  return door === 'staff'
    ? 'One of you has proposed it: somebody else has to approve it.'
    : 'The customer has proved the mailbox on file, and what they want changed needs a second look.';
}

/** Why the mailbox on file could not prove a customer, for staff. */
export const TROUBLE_WORDS: Readonly<Record<NonNullable<UpdateRequest['trouble']>, string>> = {
  lost: 'they have lost it',
  shared: 'somebody else reads it: write nothing there',
  none: 'we know none',
};

/** What staff have to settle about the mailbox on file before they approve, in a sentence; undefined: nothing. */
export function noticeToSettle({
  state,
  trouble,
  changes,
}: Pick<UpdateRequest, 'state' | 'trouble' | 'changes'>): string | undefined {
  if (state !== 'second' || !trouble) return undefined;
  if (trouble === 'shared')
    return 'To approve, say what happens to the mailbox on file, which somebody else reads: with --withhold-notice nothing goes there, with --notice it is told which fields were changed, without any value. Say why in the reason. Without one of the two nothing is done.';
  return fieldsOf({ changes }).includes('email')
    ? 'The mailbox on file until now is told that the address was changed, without any value. Where that would put the customer at risk, add --withhold-notice to approve, and say why in the reason.'
    : undefined;
}

const MORE_PASSWORDS =
  'Further ones that come within the hour while this one waits get no mail of their own. To see all that wait: npm run -s updates -- list';

/** Tells staff that a request waits for them; no value of it, and nobody's name or address. */
export function staffMail(request: UpdateRequest, publicUrl: string): UpdateMail {
  const { id, kind, state, door, trouble } = request;
  const settle = noticeToSettle(request);
  const second = state === 'second';
  const command = (words: string): string => `npm run -s updates -- ${words}`;
  return {
    kind: 'update.waiting',
    subject: `An update request waits for a ${second ? 'second ' : ''}person: ${id.slice(0, 8)}`,
    blocks: [
      paragraph(whyItWaits(request)),
      facts(
        ['Request', id],
        ['Came', DOORS[door]],
        ['About', kind === 'password' ? 'forgotten password' : fieldsInWords(fieldsOf(request))],
      ),
      ...(kind === 'password' ? [paragraph(MORE_PASSWORDS)] : []),
      paragraph(
        `What it says, and what you can do, in the console: ${publicUrl}/console#/updates/${encodeURIComponent(id)}`,
      ),
      paragraph('The same beside the running desk:'),
      list([
        command(`show ${id}`),
        ...(kind === 'password'
          ? [command(`done ${id} ${SIGNED}`)]
          : second && trouble === 'shared'
            ? ['--withhold-notice', '--notice'].map((option) =>
                command(`approve ${id} ${option} ${SIGNED}`),
              )
            : [command(`${second ? 'approve' : 'vouch'} ${id} ${SIGNED}`)]),
        command(`refuse ${id} ${SIGNED}`),
      ]),
      paragraph('The reason for a refusal is sent to the customer as you write it.'),
      ...(settle ? [paragraph(settle)] : []),
    ],
  };
}
