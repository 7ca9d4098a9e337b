import { fieldsInWords, type Approved, type Decided } from '../../services/updates';

/** What came of something that staff did about an update request. */
export type UpdateDeedOutcome =
  Approved | Decided<'vouched' | 'refused' | 'done'> | { readonly outcome: 'noRecord' };

const DONE: readonly UpdateDeedOutcome['outcome'][] = ['applied', 'vouched', 'refused', 'done'];

export const isDone = ({ outcome }: UpdateDeedOutcome): boolean => DONE.includes(outcome);

/** What came of it, for whoever did it. */
export function deedInWords(result: UpdateDeedOutcome): string {
  switch (result.outcome) {
    case 'vouched':
      return 'You stand behind it. Somebody else has to approve it; they are told.';
    case 'applied':
      return 'Done: the record is changed, and the mails about it go out.';
    case 'refused':
      return 'Refused. The customer is told, with your reason where there is a mailbox to write to.';
    case 'done':
      return 'It is over. The chat that it came from is told that a person has seen to it.';
    case 'unknown':
      return 'There is no such request any more. Nothing was done.';
    case 'notWaiting':
      return 'This request does not wait for that any more: somebody else may have decided it. Nothing was done.';
    case 'notStaff':
      return 'Your account may not decide this. Nothing was done.';
    case 'notVouched':
      return 'Nobody stands behind this request yet: somebody has to vouch for it first. Nothing was done.';
    case 'samePerson':
      return 'The second person must be another than the first one, and not the customer. Nothing was done.';
    case 'noRecord':
      return 'There is no record for what the customer gave, or for that user name. Give the right user name. Nothing was done.';
    case 'noticeDue':
      return 'The customer has proved the mailbox on file, so it is told of the change: the notice cannot be withheld. Nothing was done.';
    case 'noticeUndecided':
      return 'Somebody else reads the mailbox on file: say whether it is told. Nothing was done.';
    case 'frozen':
      return 'The record is held still, so nothing in it can be changed. The request goes on waiting.';
    case 'emailTaken':
      return 'Another record has that e-mail address. The request goes on waiting: put the other record right first, or refuse it.';
    case 'conflict':
      return `Not done: the record was changed since it was asked for (${fieldsInWords(result.fields)}). Nothing was overwritten; the request is over, and the customer is told.`;
  }
}
