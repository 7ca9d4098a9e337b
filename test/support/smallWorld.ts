import { learn } from '../../services/understanding';
import { OPEN_GATES } from '../../services/understanding/gate';
import { normalise } from '../../services/understanding/normalise';
import { LEARNING } from '../../services/understanding/tuning';
import type { Understanding } from '../../services/understanding/types';

/** A small policy of three sections, in its order. */
export const SMALL_POLICY: ReadonlyMap<string, { readonly sectionTitle: string }> = new Map(
  Object.entries({
    'share.no_sell': 'Sharing',
    'share.third_parties': 'Sharing',
    'share.legal': 'Sharing',
    'secure.ssl': 'Security',
    'cookies.what': 'Cookies',
    'cookies.third_party': 'Cookies',
    'newsletter.optout': 'Newsletter',
  }).map(([id, sectionTitle]) => [id, { sectionTitle }]),
);

const UTTERANCES: Readonly<Record<string, string>> = {
  'share.no_sell': `do you sell my data|is my information sold|do you rent out customer lists|will you sell my email address
    are you making money by selling my details|is my personal data for sale`,
  'share.third_parties': `who do you share my data with|which third parties get my information|do you share data with partners
    do you give my information to other companies|is my data passed to other firms|do outsiders get my details`,
  'share.legal': `do you give data to a court|what happens with a court order|do you share my data with the police under a law
    will you hand my data to the government|what about a subpoena`,
  'secure.ssl': `is your website encrypted|do you use ssl|is the connection to the site encrypted|do you encrypt what i send`,
  'cookies.what': `what is a cookie|what are cookies|explain cookies to me|meaning of cookie|cookies?`,
  'cookies.third_party': `who puts the cookies on my computer|which company places cookies|who sets the cookies|does another firm put cookies there`,
  'newsletter.optout': `can i stop the newsletter later|is the newsletter my choice|may i leave the newsletter at any time
    can i get out of the newsletter whenever i want`,
  update_data: `change my address|my phone number is new|i moved to a new house, update my address|please correct the spelling of my name
    update my e-mail|new mobile number|my phone number has changed, please update it`,
  report_security: `someone hacked my account|i got a fake call in your name|there is a stranger on my computer now|money was taken from my card
    your agent was rude and i want to complain|somebody got into my account last night|i want to report a leak|a stranger called me`,
  case_status: `any news on my case|what is the status of my case|how is my complaint going`,
  talk_to_agent: `i want to talk to a person|connect me to an agent|human please`,
  forgot_password_action: `i cannot log in|send me a password reset|i forgot my password help`,
  unsubscribe: `take me off the newsletter|unsubscribe me|stop the newsletter please|please stop sending me your newsletter|get me out of the newsletter now`,
  export_or_delete_data: `delete all my data|send me a copy of my data|erase everything about me`,
  child_user: `a kid writes this|mum says kids may not be here, fifth grade`,
  greeting: `good morning team|hello friends`,
  thanks: `thank you for helping me|that was kind of you`,
  goodbye: `i am leaving now|see you tomorrow`,
  cancel: `cancel the whole thing|i do not want this any more`,
  yes: `yes that is my address|you have it right`,
  no: `no that is not mine|that is not what i said`,
  out_of_scope: `my printer does not print|how much is a new laptop|what is the weather today|who won the cricket match
    write a poem about the sea|how do i install windows`,
  open_question: `how long do you keep my data|are you gdpr compliant|in which country are your servers`,
};

/** Milder than the product's: so few examples leave little sure. */
const TUNING = {
  ...LEARNING,
  ...{ sharpness: 1.5, gates: OPEN_GATES, leastScore: 0.2, leastInside: 0.4, leastAnswer: 0.35 },
  ...{ clearLead: 0.2, choiceShare: 0.15 },
};

/** An understanding of the small policy, by its words alone. */
export const understandingOfSmallWorld = (): Promise<Understanding> =>
  learn(
    Object.entries(UTTERANCES).flatMap(([label, texts]) =>
      texts.split(/[|\n]/).map((text) => ({ label, text: normalise(text.trim()) })),
    ),
    SMALL_POLICY,
    TUNING,
  );
