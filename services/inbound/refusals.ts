/** Why nothing was done with a mail of staff, as they are told it. */
export const refusals = {
  empty:
    'Your reply had no words of its own above the line at its top, so nothing went to the customer. Please reply again, with your answer above that line.',
  unknown: (word: string): string =>
    `Your reply began with “#${word}”, which is none of the words that the desk knows, so nothing was done and nothing went to the customer.`,
  noDate: (day: string): string =>
    `Your reply asked for a later date, but named no day that the desk could read. Write it as in “#extend ${day} The auditor is away until then”.`,
  noReason: (day: string): string =>
    `A later date needs a reason, since the customer is told why. Write it as in “#extend ${day} The auditor is away until then”.`,
  notExtended: {
    notOpen: 'The case has been answered or closed, so there is no date to move.',
    notLater:
      'A promised date is never brought forward, and the day that you named is not later than the one promised now.',
    tooFar:
      'A date once promised cannot be brought forward again, so the desk moves it by two months at most at a time. Perhaps the year is wrong?',
    closedDay: 'The company is closed on the day that you named. Please name a business day.',
  },
  closeNeedsReason:
    'A case without an answer is closed only with a reason, which the customer is told. Write it as in “#close The customer has withdrawn it by telephone”.',
  closedBefore: 'The case was closed before.',
  aboutNothing:
    'The mail that you answered is about no single case, so nothing was done with your reply and nobody got it. To answer a case, reply to a mail that has its reference in the subject.',
  severalCases:
    'Your mail went to the reply addresses of several cases, so nothing was done with it and no customer got it. Please answer each case by itself.',
  nothingHeld: 'No mail waits for “#send” or “#discard”: it was dealt with before.',
} as const;
