import { acceptActivity, toClient } from '../../bot/directLine/activities';
import { refusal } from '../support/refusal';

const TOKEN = 'aB3-_'.repeat(8) + 'xyz';
const redact = (text: string) => ({ text, masked: [] });
const accepted = (posted: unknown) => acceptActivity(posted, 'u1', redact);
const EVENT = { type: 'event', name: 'continueRequest', value: TOKEN };

describe('the event by which a request from a mail goes on in the chat', () => {
  test('is taken, with nothing else that a client may put into it', () => {
    const posted = {
      ...EVENT,
      ...{ from: { id: 'somebody-else' }, text: 'x', entities: [{}], attachments: [{}] },
      channelData: { clientActivityID: 'continue-request', verified: true },
    };
    expect(accepted(posted)).toEqual({
      ...EVENT,
      from: { id: 'u1', role: 'user' },
      channelData: { clientActivityID: 'continue-request' },
    });
  });

  test.each([
    ['another name', { name: 'handoff.status' }, 'UnsupportedActivity'],
    ['no name', { name: undefined }, 'UnsupportedActivity'],
    ['a name of the framework', { name: 'ContinueConversation' }, 'UnsupportedActivity'],
    ['no token', { value: undefined }, 'BadArgument'],
    ['a token cut short', { value: TOKEN.slice(1) }, 'BadArgument'],
    ['a longer token', { value: `${TOKEN}a` }, 'BadArgument'],
    ['a token with a line break', { value: `${TOKEN.slice(1)}\n` }, 'BadArgument'],
    ['an object', { value: { token: TOKEN } }, 'BadArgument'],
  ])('is refused with %s', (_what, change, code) => {
    expect(refusal(() => accepted({ ...EVENT, ...change })).code).toBe(code);
  });

  test('is shown to clients without its token', () => {
    const shown = toClient({
      ...{ id: 'c1|0000001', conversationId: 'c1', sequence: 1, at: new Date(0), hidden: false },
      ...{ attempts: 0, body: accepted(EVENT) },
    });
    expect(shown).toMatchObject({ type: 'event', name: 'continueRequest', id: 'c1|0000001' });
    expect(JSON.stringify(shown)).not.toContain(TOKEN);
  });
});
