import type { Request, Server } from 'restify';
import type { Newsletter } from '../../services/records/newsletter';
import type { Throttle } from '../directLine/limits';
import { answering, discardBody, type PageSurroundings, type PlainPage } from './plainPage';

/** What the page that leaves the newsletter needs. */
export interface NewsletterPageParts {
  readonly newsletter: Pick<Newsletter, 'knows' | 'leaveByTicket'>;
  /** Generous: a mail provider posts for all its customers from a few addresses. */
  readonly throttle: Throttle;
  readonly clientAddress: (request: Request) => string;
}

/**
 * Mounts `/newsletter/<ticket>`: GET shows a page with a button and changes nothing; POST takes the customer off, whoever
 * sends it and from wherever, as mail programs do with one click (RFC 8058).
 */
export function mountNewsletterPage(
  server: Server,
  { newsletter, throttle, clientAddress }: NewsletterPageParts,
  surroundings: PageSurroundings,
): void {
  const shown = async (request: Request): Promise<PlainPage> => {
    await throttle.take(clientAddress(request));
    return newsletter.knows(ticketOf(request)) ? ASKING : UNKNOWN;
  };
  const pressed = async (request: Request): Promise<PlainPage> => {
    await throttle.take(clientAddress(request));
    await discardBody(request);
    return (await newsletter.leaveByTicket(ticketOf(request))) === 'left' ? LEFT : UNKNOWN;
  };
  server.get('/newsletter/:ticket', answering(surroundings, shown));
  server.head('/newsletter/:ticket', answering(surroundings, shown));
  server.post('/newsletter/:ticket', answering(surroundings, pressed));
}

const ticketOf = (request: Request): string =>
  String((request.params as Record<string, unknown>).ticket);

const ASKING: PlainPage = {
  title: 'Leave the Comantra newsletter?',
  paragraphs: ['After that we send no more newsletters to the address that had this link.'],
  button: 'Leave the newsletter',
};

const LEFT: PlainPage = {
  title: 'You have left the newsletter',
  paragraphs: [
    'We send no more newsletters to you. One that is on its way already may still arrive.',
    'If you want them again one day, tell us in the chat.',
  ],
};

const UNKNOWN: PlainPage = {
  status: 404,
  title: 'This link is not known here',
  paragraphs: [
    'Perhaps it was cut short: please copy the whole address from the newsletter. Or write “unsubscribe” to us in the chat or by mail.',
  ],
};
