import type { OpenBrowser } from './browser';
import { ChatWindow } from './chatWindow';
import type { ConsoleDesk } from './consoleDesk';
import { ConsoleWindow } from './consoleWindow';

type BrowserOptions = NonNullable<Parameters<OpenBrowser>[0]>;

/** An agent's page and a customer's, each in a browser of its own, who talk to each other. */
export async function talking(
  open: OpenBrowser,
  desk: ConsoleDesk,
  name: string,
  { agent = {}, customer = {} }: { agent?: BrowserOptions; customer?: BrowserOptions } = {},
): Promise<{ console: ConsoleWindow; chat: ChatWindow }> {
  const [account, agents, customers] = [
    await desk.account(name, 'agent'),
    await open(agent),
    await open(customer),
  ];
  const console = await ConsoleWindow.of(agents, desk, account);
  const chat = await ChatWindow.open(customers, desk.url);
  await chat.say('I want to talk to a person');
  await console.takeLongest();
  return { console, chat };
}
