import type { BrowserContext, Locator, Page } from 'playwright-core';
import { greeting, report, smallTalk } from '../../dialogs/wording';
import { freeze } from '../../dialogs/wording/record';

/** What the bot says in these tests, as it is shown. */
export const GREETING = greeting().split('\n')[0]!;
export const WELCOME = smallTalk.thanks;

/** What to answer to each question of a report, until its card is shown. */
const REPORT_ANSWERS: ReadonlyMap<string, string> = new Map([
  [report.whatHappened, 'Somebody got into my account and changed the password.'],
  [freeze.offer, freeze.offerChoices[1]],
  [report.noticed, 'Yesterday'],
  [report.email, 'Leave it out'],
  [report.aboutStaff, 'No'],
  [report.details, 'Skip'],
]);

/** The chat page in a browser tab, by the words on it. */
export class ChatWindow {
  private constructor(readonly page: Page) {}

  /** A new tab, once the bot has greeted. */
  static async open(context: BrowserContext, url: string): Promise<ChatWindow> {
    const chat = new ChatWindow(await context.newPage());
    await chat.page.goto(url);
    await chat.bubble(GREETING).first().waitFor();
    return chat;
  }

  static at(page: Page): ChatWindow {
    return new ChatWindow(page);
  }

  /** As a browser's “duplicate tab”: the new tab begins with a copy of this one's session. */
  async duplicate(): Promise<ChatWindow> {
    const opening = this.page.context().waitForEvent('page');
    await this.page.evaluate(() => window.open('/', '_blank'));
    return new ChatWindow(await opening);
  }

  /** Every bubble with these words. */
  bubble(words: string): Locator {
    return this.page.locator('.webchat__bubble').filter({ hasText: words });
  }

  /** A suggested action. */
  suggestion(words: string): Locator {
    return this.page.locator('.webchat__suggested-action').filter({ hasText: words });
  }

  get textBox(): Locator {
    return this.page.getByRole('textbox');
  }

  get notice(): Locator {
    return this.page.locator('#notice');
  }

  async say(words: string): Promise<void> {
    await this.textBox.fill(words);
    await this.textBox.press('Enter');
  }

  async hears(words: string, times = 1): Promise<void> {
    await this.bubble(words)
      .nth(times - 1)
      .waitFor();
  }

  /** How often each of these words is said. */
  async counts(...words: readonly string[]): Promise<Record<string, number>> {
    const counted = words.map(async (one) => [one, await this.bubble(one).count()] as const);
    return Object.fromEntries(await Promise.all(counted));
  }

  async end(): Promise<void> {
    await this.page.getByRole('button', { name: 'End and clear this chat' }).click();
    await this.page.getByRole('button', { name: 'End and clear', exact: true }).click();
    await this.notice.getByText('The chat was ended and cleared.').waitFor();
  }

  /** The card that sums a report up. */
  get card(): Locator {
    return this.page.locator('.ac-adaptiveCard');
  }

  /** Answers the questions of a report until its card is shown. */
  async reportUntilCard(): Promise<void> {
    await this.say('Report a problem');
    const open = new Map(REPORT_ANSWERS);
    while (!(await this.card.count())) {
      const next = [...open.keys()].map((words) => this.bubble(words));
      await next
        .reduce((one, other) => one.or(other), this.card)
        .last()
        .waitFor();
      for (const [question, words] of open)
        if (await this.bubble(question).count()) {
          open.delete(question);
          await this.say(words);
        }
    }
    await this.suggestion(report.confirmChoices[0]).waitFor();
  }
}
