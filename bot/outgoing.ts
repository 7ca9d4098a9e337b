import { resolve } from 'node:path';
import { fileMailer, readDkimKey, smtpMailer, type Mailer } from '../services/mailer';
import type { Config } from './config';
import { readKeyFile } from './office';

/** Where mails are kept that do not really go out. */
export const mailDirectoryOf = (config: Config): string => resolve(config.DATA_DIR, 'mail');

/** What delivers mails: by SMTP, or into files. */
export function mailerOf(config: Config): Mailer {
  const { DKIM_KEY_FILE: file, DKIM_SELECTOR: keySelector, MAIL_FROM: from } = config;
  const domainName = from.slice(from.lastIndexOf('@') + 1);
  const dkim =
    file && keySelector
      ? { dkim: { domainName, keySelector, privateKey: readDkimKey(readKeyFile(file)) } }
      : {};
  return config.SMTP_URL
    ? smtpMailer({ url: config.SMTP_URL, ...dkim })
    : fileMailer({ directory: mailDirectoryOf(config), ...dkim });
}

/** The mail tray is for development: not in production, and not when mails really go out. */
export const trayIsOpen = (config: Config): boolean =>
  config.NODE_ENV !== 'production' && config.SMTP_URL === undefined;
