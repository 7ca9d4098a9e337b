import type { Delivery } from './mail';

/** What nodemailer tells of a failed send. */
interface SendFault {
  code?: unknown;
  response?: unknown;
  responseCode?: unknown;
}

/** Bad sequence and "log in first": about the session, not about the mail. */
const SESSION_REPLIES = new Set([503, 530]);

/**
 * Tells why nodemailer or the disk failed: permanently only where a server refused, or could never take,
 * this very mail.
 */
export function refusal(error: unknown): Delivery {
  const fault = (error ?? {}) as SendFault;
  const reply = typeof fault.responseCode === 'number' ? fault.responseCode : undefined;
  const aboutTheMail = fault.code === 'EENVELOPE' || fault.code === 'EMESSAGE';
  // Without any reply, nodemailer itself found the mail unfit, say too large for what the server takes.
  const final = reply === undefined ? fault.response === undefined : isFinal(reply);
  return {
    outcome: 'refused',
    permanent: aboutTheMail && final,
    code: reply === undefined ? codeOf(fault) : String(reply),
  };
}

function isFinal(reply: number): boolean {
  return reply >= 500 && reply < 600 && !SESSION_REPLIES.has(reply);
}

/** An abort is always that of the deadline, or of closing. */
function codeOf({ code }: SendFault): string {
  if (typeof code !== 'string') return 'EUNKNOWN';
  return code === 'EABORT' ? 'ETIMEDOUT' : code;
}
