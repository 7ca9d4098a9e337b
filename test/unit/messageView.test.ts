import { messageView } from '../../bot/console/messages';
import { answerFrom, factsCard, suggesting } from '../../dialogs/messages';
import type { LoggedActivity } from '../../services/conversations';
import type { Passage } from '../../services/policy';

const AT = new Date('2026-11-23T06:30:00Z');
const CUSTOMER = { id: 'dl_1', role: 'user' };
const BOT = { id: 'privacy-desk', role: 'bot' };

const logged = (body: object, hidden = false): LoggedActivity => ({
  ...{ id: 'c|0000007', conversationId: 'c', sequence: 7, at: AT, hidden, attempts: 0 },
  body: { type: 'message', ...body },
});
const shown = (body: object) => messageView(logged(body));
const fromCustomer = (text: string) => shown({ from: CUSTOMER, text, textFormat: 'plain' })?.text;
const fromBot = (body: object) => shown({ from: BOT, ...body });

describe('a message as staff see it', () => {
  test('is the customer’s, the bot’s or an agent’s', () => {
    expect(shown({ from: CUSTOMER, text: 'Hello' })).toEqual({
      ...{ sequence: 7, at: AT.toISOString(), from: 'customer', text: 'Hello' },
      ...{ citations: [], choices: [], facts: [] },
    });
    expect(fromBot({ text: 'Hello' })).toMatchObject({ from: 'bot' });
    const channelData = { agent: { name: 'Asha' } };
    expect(fromBot({ text: 'Hello', channelData })).toMatchObject({ from: 'agent', name: 'Asha' });
  });

  test('is none when it is something else, or hidden', () => {
    expect(shown({ type: 'typing', from: CUSTOMER })).toBeUndefined();
    expect(messageView(logged({ from: BOT, text: 'Your PIN' }, true))).toBeUndefined();
  });

  test.each([
    ['a code alone', '123456', '••••••'],
    ['a code with words', 'It is 123 456, thanks', 'It is ••••••, thanks'],
    ['a code in another script', '१२३४५६', '••••••'],
    ['a reference with its PIN', 'PD-7KQ4-M2XA 771122', 'PD-7KQ4-M2XA ••••••'],
    ['a reference alone', 'PD-7KQ4-M2XA', 'PD-7KQ4-M2XA'],
    ['a postcode', 'My postcode is 560001.', 'My postcode is 560001.'],
    ['a telephone number', 'Call +91 98765 43210', 'Call +91 98765 43210'],
    ['markup', '<script>alert(1)</script> **x**', '<script>alert(1)</script> **x**'],
  ])('of the customer with %s', (_what, text, expected) => {
    expect(fromCustomer(text)).toBe(expected);
  });

  test('of the bot has its marks taken off, and its PIN hidden', () => {
    const { text } = fromBot({ text: 'Your PIN is **123456**. Say \\*hi\\* to **Asha**.' }) ?? {};
    expect(text).toBe('Your PIN is ••••••. Say *hi* to Asha.');
  });

  test('of the bot from the policy has the passage’s words, and its citation apart', () => {
    const passage: Passage = {
      ...{ id: 'share.no_sell', section: '4', sectionTitle: 'Sharing', subsection: '' },
      text: ['We do not sell it.', 'Never.'],
    };
    const view = fromBot(answerFrom(passage, 'https://desk.example'));
    expect(view?.citations).toEqual([
      { name: 'Sharing', url: 'https://desk.example/policy#share.no_sell' },
    ]);
    expect(view?.text).toMatch(/We do not sell it\.\n\nNever\.$/);
    expect(view?.text).not.toMatch(/\[1\]|> /);
  });

  test('has no citation that leads anywhere but to a page', () => {
    const appearance = { name: 'x', url: 'javascript:alert(1)' };
    const entities = [{ citation: [{ appearance }] }];
    expect(fromBot({ text: 'x', entities })?.citations).toEqual([]);
  });

  test('tells what could be pressed, and what a card says', () => {
    expect(fromBot(suggesting('Which?', ['This', 'That']))?.choices).toEqual(['This', 'That']);
    const card = fromBot(
      factsCard('Your report', [
        ['Kind', 'Breach'],
        ['When', '**today**'],
      ]),
    );
    expect(card).toMatchObject({ text: 'Your report' });
    expect(card?.facts).toEqual([
      { label: 'Kind', value: 'Breach' },
      { label: 'When', value: '**today**' },
    ]);
  });

  test.each([
    { from: 7, text: 8, suggestedActions: 9, entities: {}, attachments: [null, { content: 1 }] },
    { attachments: [{ content: { body: [{ type: 'RichTextBlock' }, null] } }] },
  ])('takes what is of no known shape for nothing', (body) => {
    expect(shown(body)).toMatchObject({ from: 'bot', text: '', choices: [], facts: [] });
  });
});
