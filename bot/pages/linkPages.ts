import type { Request, Server } from 'restify';
import type { Calls } from '../../services/calls';
import type { Freezes } from '../../services/records/freezes';
import type { Links, LinkPurpose, LookedAt } from '../../services/links';
import type { Throttle } from '../directLine/limits';
import { answering, discardBody, type PageSurroundings, type PlainPage } from './plainPage';

/** What the pages behind "this wasn't me" and "I did not call" links need. */
export interface LinkPageParts {
  readonly links: Links;
  readonly freezes: Pick<Freezes, 'disowned'>;
  readonly calls: Pick<Calls, 'stop'>;
  readonly throttle: Throttle;
  readonly clientAddress: (request: Request) => string;
}

type Disowning = Extract<LinkPurpose, { kind: 'disown' }>;
type StoppingCall = Extract<LinkPurpose, { kind: 'stopCall' }>;
type Looked =
  | { readonly outcome: 'open'; readonly id: string; readonly purpose: Disowning | StoppingCall }
  | { readonly outcome: 'used' | 'expired' | 'unknown' };

/** Whoever presses the button of a page; a link is used once, whoever that is. */
const PRESSED = 'page';

/**
 * Mounts `/link/<token>`: GET shows a page with a button and changes nothing, so that a scanner which follows the links of
 * a mail does no harm; POST holds the record still and opens a case, or stops a telephone call.
 */
export function mountLinkPages(
  server: Server,
  { links, freezes, calls, throttle, clientAddress }: LinkPageParts,
  surroundings: PageSurroundings,
): void {
  const shown = async (request: Request): Promise<PlainPage> => {
    await throttle.take(clientAddress(request));
    const looked = withPage(await links.look(tokenOf(request)));
    return looked.outcome === 'open' ? askingOf(looked.purpose) : CLOSED[looked.outcome];
  };
  const pressed = async (request: Request): Promise<PlainPage> => {
    await throttle.take(clientAddress(request));
    await discardBody(request);
    const token = tokenOf(request);
    const looked = withPage(await links.look(token));
    if (looked.outcome !== 'open') return CLOSED[looked.outcome];
    // First, and to no other effect a second time: a crash in between leaves a link that can be pressed again.
    const { id, purpose } = looked;
    if (purpose.kind === 'disown') await freezes.disowned(id, purpose);
    else await calls.stop(purpose);
    await links.use(token, PRESSED);
    return purpose.kind === 'disown' ? DONE : STOPPED;
  };
  server.get('/link/:token', answering(surroundings, shown));
  server.head('/link/:token', answering(surroundings, shown));
  server.post('/link/:token', answering(surroundings, pressed));
}

/** Links of other kinds have no page: whoever has one is not told that it is one. */
function withPage(looked: LookedAt): Looked {
  if (looked.outcome !== 'open') return looked;
  const { id, purpose } = looked;
  return purpose.kind === 'disown' || purpose.kind === 'stopCall'
    ? { outcome: 'open', id, purpose }
    : { outcome: 'unknown' };
}

const askingOf = (purpose: Disowning | StoppingCall): PlainPage =>
  purpose.kind === 'disown' ? ASKING[purpose.about] : ASKING_TO_STOP;

const tokenOf = (request: Request): string =>
  String((request.params as Record<string, unknown>).token);

const WHAT_THE_BUTTON_DOES = [
  'The button below holds your record still: nothing in it is changed, no link for a new password is sent and no copy of it is given out. It also tells a person at Comantra at once.',
  'Nothing is changed back by itself; that person looks at it and writes to you. If it was you after all, close this page: then nothing happens.',
] as const;
const BUTTON = 'This wasn’t me: hold my record still';

const ASKING: Readonly<Record<Disowning['about'], PlainPage>> = {
  change: {
    title: 'Was it not you who changed your data?',
    paragraphs: WHAT_THE_BUTTON_DOES,
    button: BUTTON,
  },
  request: {
    title: 'Was it not you who asked for a change?',
    paragraphs: WHAT_THE_BUTTON_DOES,
    button: BUTTON,
  },
  reset: {
    title: 'Was it not you who asked for help with the password?',
    paragraphs: WHAT_THE_BUTTON_DOES,
    button: BUTTON,
  },
};

const ASKING_TO_STOP: PlainPage = {
  title: 'Did you not call us?',
  paragraphs: [
    'The button below ends what is being done in the telephone call for which you had a code: the code is of no use then, and nothing more can be changed in that call. It also tells a person at Comantra at once.',
    'What was changed in that call before is not changed back by itself: we have written to you about it, with a link that holds your record still. If it was you who called, close this page: then nothing happens.',
  ],
  button: 'I did not call: stop it',
};

const STOPPED: PlainPage = {
  title: 'The call is stopped',
  paragraphs: [
    'The code is of no use any more, and nothing more can be changed in that call. Please do not tell the code to anybody.',
    'A person at Comantra has been told and looks into it. If you had a mail that says that your data was changed, and it was not you, press the link in that mail as well.',
  ],
};

const DONE: PlainPage = {
  title: 'Your record is held still',
  paragraphs: [
    'Nothing in it is changed now, no link for a new password is sent and no copy of it is given out. Reporting a problem and leaving the newsletter work as always.',
    'A person at Comantra has been told, and writes to the address that had the mail with this link. You need do nothing more here.',
  ],
};

const WRITE = 'If something is wrong, tell us in the chat, or write to us: a person reads it.';

const CLOSED: Readonly<Record<'used' | 'expired' | 'unknown', PlainPage>> = {
  used: {
    status: 410,
    title: 'This link has been used',
    paragraphs: [
      'Somebody has pressed the button here before. What it began goes on: a person at Comantra was told and looks at it.',
      WRITE,
    ],
  },
  expired: {
    status: 410,
    title: 'This link is too old',
    paragraphs: ['It worked for 72 hours. Nothing was done now.', WRITE],
  },
  unknown: {
    status: 404,
    title: 'This link is not known here',
    paragraphs: [
      'Perhaps it was cut short: please copy the whole address from the mail. Nothing was done now.',
      WRITE,
    ],
  },
};
