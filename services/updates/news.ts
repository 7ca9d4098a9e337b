import type { UpdateRequest } from '../../models/updateContent';
import type { Effect } from '../../models/effects';
import { conversationEffect } from '../recordEffects';
import { fieldsInWords } from './mails';
import { fieldsOf } from './fields';

type News = 'applied' | 'refused' | 'overtaken' | 'done';

/** @param by mail we have told more; a password's words must not tell whether there is a record. */
function textOf(request: UpdateRequest, news: News): string {
  const about = fieldsInWords(fieldsOf(request));
  if (request.kind === 'password')
    return 'A person has dealt with your request about the forgotten password. If we have a record for what you gave, its mailbox gets our answer.';
  switch (news) {
    case 'applied':
      return `There is news about your request: the change was approved and made (${about}). We have written to you about it.`;
    case 'overtaken':
      return `There is news about your request: it was not done, because your record was changed in the meantime (${about}). We have written to you about it.`;
    default:
      return `There is news about your request: the change was not approved (${about}). We have written to you about the reason.`;
  }
}

const WHEN_IDLE = 'There is news about your request; we have written to you.';
const PASSWORD_WHEN_IDLE = 'There is news about your request.';

/**
 * Tells the conversation that a request came from what became of it, without values.
 * @param ownerId the record whose write carries it.
 */
export const newsEffects = (ownerId: string, request: UpdateRequest, news: News): Effect[] =>
  request.conversationReference === undefined
    ? []
    : [
        conversationEffect(ownerId, `${news}-${request.id}`, {
          reference: request.conversationReference,
          text: textOf(request, news),
          whenIdle: request.kind === 'password' ? PASSWORD_WHEN_IDLE : WHEN_IDLE,
        }),
      ];
