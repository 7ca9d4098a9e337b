import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory, writeDurably } from '../../models/durableFile';
import MailComposer from 'nodemailer/lib/mail-composer';
import { composed } from './composed';
import { signed, type DkimKey } from './dkim';
import type { Mailer } from './mail';
import { refusal } from './refusal';

/**
 * Keeps each mail as a complete RFC 822 file `<time>-<id>.eml`, which only the owner may read; for development.
 * @param options.directory made when it is missing.
 * @param options.dkim signs each mail as it would be signed on its way out.
 */
export function fileMailer(options: { directory: string; dkim?: DkimKey }): Mailer {
  let drafts = 0;
  return {
    async send(mail) {
      const unsigned = await new MailComposer(composed(mail)).compile().build();
      const bytes = options.dkim ? await signed(unsigned, options.dkim) : unsigned;
      const name = `${mail.date.toISOString().replace(/[-:.]/g, '')}-${mail.id}.eml`;
      drafts += 1;
      const draft = join(options.directory, `.${name}.${process.pid}.${drafts}.draft`);
      try {
        await mkdir(options.directory, { recursive: true, mode: 0o700 });
        await writeDurably(draft, bytes, 'w');
        await rename(draft, join(options.directory, name));
        await flushDirectory(options.directory);
        return { outcome: 'accepted' };
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        return refusal(error);
      }
    },
    close: async () => undefined,
  };
}
