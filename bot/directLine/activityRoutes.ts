import type { ActivityBody } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import { readJson } from '../jsonBody';
import { acceptActivity, clientActivityIdOf, isEventOf, toClient } from './activities';
import { conversationIdOf, UPLOAD_REFUSED, type Route, type RouteParts } from './route';
import { watermarkOf } from './watermark';

const PAGE = 200;
/** What a hub of agents tells us; taken from whoever holds the channel's secret, never from a customer. */
const HANDOFF_STATUS = 'handoff.status';

/** GET activities: what the log holds after a watermark, a page at a time. */
export const readActivities: Route = async (parts, request, response) => {
  const conversationId = conversationIdOf(request);
  await parts.callers.identifyFor(request, conversationId);
  const watermark = watermarkOf(new URLSearchParams(request.getQuery()).get('watermark'));
  await parts.conversations.open(conversationId);
  const page = await parts.conversations.since(conversationId, watermark, PAGE);
  response.send(200, {
    activities: page.activities.map(toClient),
    watermark: String(page.watermark),
  });
};

/** POST activities: stores what the customer did, answers with its id, and then runs the bot's turn. */
export const postActivity: Route = async (parts, request, response) => {
  const conversationId = conversationIdOf(request);
  const caller = await parts.callers.identifyFor(request, conversationId);
  if (caller.kind === 'customer') await parts.posts.take(conversationId);
  if (request.contentType() === 'multipart/form-data')
    throw new ProductError('UploadUnsupported', UPLOAD_REFUSED);
  const posted = await readJson(request, parts.bodyBytes);
  if (caller.kind === 'secret' && isEventOf(posted, HANDOFF_STATUS)) {
    const id = await parts.onHandoffStatus(conversationId, posted);
    response.send(200, { id });
    return;
  }
  const { userId } =
    caller.kind === 'customer' ? caller : await parts.conversations.open(conversationId);
  const body = acceptActivity(posted, userId, parts.redact);
  const id =
    body.type === 'typing'
      ? await passTyping(parts, conversationId, userId, body)
      : await store(parts, conversationId, userId, body);
  response.send(200, { id });
};

async function store(
  { conversations, turns }: RouteParts,
  conversationId: string,
  userId: string,
  body: ActivityBody,
): Promise<string> {
  const clientId = clientActivityIdOf(body);
  const appended = await conversations.appendInbound(conversationId, {
    body,
    pending: true,
    ...(clientId === undefined ? {} : { key: `client:${clientId}` }),
  });
  if (appended.outcome === 'appended') turns.enqueue(appended.activity, userId);
  return appended.activity.id;
}

async function passTyping(
  { conversations, turns, ids }: RouteParts,
  conversationId: string,
  userId: string,
  body: ActivityBody,
): Promise<string> {
  await conversations.open(conversationId);
  turns.enqueuePassing(conversationId, userId, body);
  return `${conversationId}|typing-${ids.uuid()}`;
}
