import { z } from 'zod';
import type { CannedReplies } from '../../services/cannedReplies';
import type { CannedReplyView } from './contract';
import { fieldsOf, line, param, words } from './fields';
import { get, post, type ConsoleRoutes } from './route';

const REPLY = z.object({
  /** Those that ship with the desk have names. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  ...{ title: line, text: words },
});

/** Ready answers: every agent uses them, supervisors write them. */
export function replyRoutes({
  replies,
}: {
  readonly replies: Pick<CannedReplies, 'list' | 'save' | 'remove'>;
}): ConsoleRoutes {
  const listed = async (): Promise<CannedReplyView[]> =>
    (await replies.list()).map(({ id, title, text }) => ({ id, title, text }));
  return [
    get('/replies', 'conversations.hold', listed),
    post('/replies', 'replies.edit', async ({ body }) => {
      await replies.save(fieldsOf(REPLY, body));
      return listed();
    }),
    post('/replies/:id/remove', 'replies.edit', async (call) => {
      await replies.remove(param(call, 'id'));
      return listed();
    }),
  ];
}
