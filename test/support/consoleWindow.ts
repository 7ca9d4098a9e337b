import type { BrowserContext, Locator, Page } from 'playwright-core';
import { STAFF_PASSWORD, type ConsoleDesk, type StaffAccount } from './consoleDesk';

/** The console's page in a browser tab, by the words on it. */
export class ConsoleWindow {
  private constructor(readonly page: Page) {}

  /** A new tab at the entrance, or where the address says. */
  static async open(context: BrowserContext, url: string, hash = ''): Promise<ConsoleWindow> {
    const page = await context.newPage();
    await page.goto(`${url}/console${hash}`);
    return new ConsoleWindow(page);
  }

  /** A new tab of somebody who is signed in already, once it is live. */
  static async of(
    context: BrowserContext,
    desk: ConsoleDesk,
    account: StaffAccount,
    hash = '',
  ): Promise<ConsoleWindow> {
    const { cookie } = await desk.signIn(account);
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: desk.url, httpOnly: true, sameSite: 'Strict' }]);
    const window = await ConsoleWindow.open(context, desk.url, hash);
    await window.live();
    return window;
  }

  async live(): Promise<void> {
    await this.page.getByText('Live', { exact: true }).waitFor();
  }

  /** Fills in the form of the entrance. */
  async signIn({ email }: StaffAccount, password = STAFF_PASSWORD): Promise<void> {
    await this.page.getByLabel('E-mail address').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Sign in').click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', {
      name,
      ...(typeof name === 'string' && { exact: true }),
    });
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { name });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get composer(): Locator {
    return this.page.getByLabel('Message to the customer');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** A message of the log, by its speaker and words. */
  message(from: 'customer' | 'bot' | 'agent', words: string): Locator {
    return this.page.locator(`.message.${from}`).filter({ hasText: words });
  }

  /** Takes who has waited longest; once the field is there to write. */
  async takeLongest(): Promise<void> {
    await this.button(/^Take /)
      .first()
      .waitFor();
    await this.page.keyboard.press('c');
    await this.composer.waitFor();
  }

  async say(words: string): Promise<void> {
    await this.composer.fill(words);
    await this.composer.press('Enter');
  }
}
