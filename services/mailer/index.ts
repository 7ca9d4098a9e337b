export { readDkimKey, type DkimKey } from './dkim';
export { fileMailer } from './files';
export { mailboxOf, refuseUnsafeMail, type Delivery, type Mailer, type OutgoingMail } from './mail';
export { replyAsMailProgram, writeAsMailProgram } from './mailProgram';
export { MAILS_AT_ONCE, smtpMailer } from './smtp';
