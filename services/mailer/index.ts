export { fileMailer } from './files';
export { mailboxOf, refuseUnsafeMail, type Delivery, type Mailer, type OutgoingMail } from './mail';
export { MAILS_AT_ONCE, smtpMailer } from './smtp';
