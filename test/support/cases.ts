import type { Case, Round } from '../../models/cases';

/** A promise from Monday to the Monday after it, without an answer; `changes` take the place of what it holds. */
export function roundWith(changes: Partial<Round> = {}): Round {
  return {
    promise: {
      receivedAt: new Date('2026-11-23T04:30:00Z'),
      dueAt: new Date('2026-11-30T12:30:00Z'),
      calendarHash: 'hash',
      zone: 'Asia/Kolkata',
      days: 5,
      rule: 'rule',
    },
    answers: [],
    extensions: [],
    ...changes,
  };
}

/** A confirmed report of a breach, all of it told; `changes` take the place of what it holds. */
export function caseOf(changes: Partial<Case> = {}): Case {
  return {
    id: '11111111-1111-4111-8111-111111111111',
    reference: 'PD-7KQ4-M2XA',
    kind: 'breach',
    urgency: 'high',
    aboutStaff: 'no',
    confirmed: true,
    channel: 'chat',
    conversationId: 'c1',
    openedAt: new Date('2026-11-23T04:31:00Z'),
    rounds: [roundWith()],
    followUps: [],
    notes: [],
    handled: [],
    revision: 0,
    opensByPin: false,
    report: {
      whatHappened: 'Somebody read my mail.\nTwice.',
      noticed: { words: 'yesterday evening', date: '2026-11-22' },
      email: 'rina@example.org',
      name: 'Rina Sen',
      phone: '+919830012345',
    },
    ...changes,
  };
}
