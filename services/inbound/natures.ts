import { isBounce, type BounceSigns } from './bounce';
import { fieldValues, firstWord } from './headerFields';

/** What kind of sender a mail shows: a person, or which machine. */
export type MailNature = 'person' | 'outOfOffice' | 'autoReply' | 'bounce' | 'bulk';

const AWAY_SUBJECT =
  /^(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out[- ]of[- ](?:the[- ])?office(?: auto-?reply)?|ooo|on (?:annual )?leave|automatische (?:antwort|abwesenheitsnotiz)|abwesenheits(?:notiz|assistent|meldung)|abwesend|réponse automatique|absence du bureau|absente?(?: du bureau)?|message d['’]absence|respuesta automática|risposta automatica|automatisch antwoord|स्वचालित (?:उत्तर|जवाब|प्रत्युत्तर)|स्वतः उत्तर|कार्यालय से बाहर|স্বয়ংক্রিয় উত্তর)\s*(?::|$)/iu;
const AWAY =
  /out of (?:the )?office|(?:currently|am|are|be) away\b|on (?:annual |sick |maternity |paternity |medical )?(?:leave|vacation|holiday)|vacation|(?:limited|no) access to (?:my )?(?:e-?mail|mail)|will (?:be back|return)|back (?:in (?:the )?office )?on|nicht im (?:büro|haus)|abwesen|im urlaub|wieder (?:da|erreichbar|im büro)|absent|en congé|de retour|en vacances|fuera de la oficina|de vacaciones|छुट्टी पर|अवकाश पर|कार्यालय से बाहर|অফিসের বাইরে|ছুটিতে/iu;
const TICKET =
  /ticket|request (?:id|number|#)|case (?:id|number|#)|has been received|have received your|we(?:'ve| have) received|reference (?:id|number)/i;

const VACATION_FIELDS = ['x-autoreply', 'x-autorespond', 'x-autoreply-from', 'x-vacation'];
const MAX_WORDS = 2000;

/** What kind of sender wrote this; whatever a machine sent of itself gets no automatic answer. */
export function natureOf(signs: BounceSigns): MailNature {
  const { lines, subject } = signs;
  if (isBounce(signs)) return 'bounce';
  const [type = ''] = fieldValues(lines, 'content-type');
  // A receipt says that a mail was displayed or removed; nobody wrote it.
  if (/^multipart\/report\b|^message\/disposition-notification\b/i.test(type)) return 'autoReply';
  const submitted = firstWord(lines, 'auto-submitted');
  const precedence = firstWord(lines, 'precedence');
  const isVacation =
    VACATION_FIELDS.some((key) => !['', 'no', 'false'].includes(firstWord(lines, key))) ||
    precedence === 'auto_reply';
  const isAwaySubject = AWAY_SUBJECT.test(subject);
  if (isAwaySubject && submitted !== 'no') return 'outOfOffice';
  const isList = ['list-id', 'list-unsubscribe'].some((key) => fieldValues(lines, key).length > 0);
  const isAuto = submitted !== '' && submitted !== 'no';
  const words = `${subject}\n${signs.text.slice(0, MAX_WORDS)}`;
  if (isVacation) return AWAY.test(words) || !TICKET.test(words) ? 'outOfOffice' : 'autoReply';
  if (isAuto && !(isList && submitted === 'auto-generated'))
    return AWAY.test(words) && !TICKET.test(words) ? 'outOfOffice' : 'autoReply';
  if (isList || ['bulk', 'list', 'junk'].includes(precedence)) return 'bulk';
  if (isAuto) return 'autoReply';
  // People's mails have a way back; what has none was sent by a machine.
  return signs.emptySender ? 'autoReply' : 'person';
}
