const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that can follow "I'm" or "this is" with a capital and still name nobody. */
export const NO_NAME = set(
  `a about abusive account address afraid after again aged ahead all alarmed already also american an and android angry annoyed another anxious any anybody
  anyone anytime appalled apple april are as ashamed asking at august aware awful away back bad bank because before being bengali between billing bit
  blind blocked both bound british broke but by bye calling cannot case catholic certain cheated christmas clear client comantra
  complaint completely concerned confused correct criminal customer data deaf dear december deeply delhi dell desperate details devastated
  did disabled disappointed disgusted disgusted distressed diwali doctor doing done dr easter elderly email employee english even every everyone
  extremely father february fed feeling fine for fraud friday from frustrated fully furious gas getting glad going good google grateful greetings
  gujarati had happy harassment have hello help helpful here hi hindu his hindi home hoping horrified how hp humbly hurt i if ill illegal immediately important in
  incorrect india indian innocent interested irish irritated is issue it january july june just kindly last late left lenovo listed living locked looking lost
  madam making mad march may me member microsoft miserable misspelled misspelt mine missing monday more mother mum muslim my neither nervous never new no nobody none nonsense
  not nothing november now nowhere october of off ok okay old on once one only or our out outrageous over overseas owner pan panicking pathetic
  pd pensioner pissed please pleased poor pregnant privacy problem public punjabi puzzled quite rather ready really received regarding registered report
  retired ridiculous right robbed rubbish sad safe said samsung saturday scam scared second secondly security senior september serious seriously shameful shipping shocked shocking shown
  showing shut sick since single sir so some someone somebody sorry spam speaking spelled spelt staff still stressed student stuck stupid sunday
  suffering support sure surprised suspicious tamil team telling terrible terrified thank thankful thanks that the their them there they third this thursday tired to today
  tomorrow tonight too totally traumatised tuesday two unable unacceptable unaware unbelievable under unfair unhappy unsafe unsure until upset urgent urgently used
  using utterly verified very victim visiting waiting wednesday welsh what when where who why widow widowed willing windows with without working worried worry
  worse writing wrong yes yesterday yet you your yours`,
);

/** Words that end a name. */
export const AFTER_A_NAME = set(
  `a about again also am an and as asking at aur aged age because been bol bolraha born but by calling can case cell complaint could customer dob do don't
  email for from had hai has have he here hoon hu hun i in instead is it its it's just ka ke ki last living mail main me mera mere meri mobile mujhe
  my need new nor not now number of old on or our phone please pls pls raha rahi regarding residing ringing se since sir so speaking spelled spelt tel that the there
  they this to ur want was we what which who whose will with won't working would writing years you your है हूँ और मैं`,
);

/** Words that stand before a name and are a part of it. */
export const TITLES = set(
  'mr mrs ms miss dr prof shri smt kumari sri col capt maj lt gen brig adv er rev fr pt',
);

/** Capital words that begin a message and are no name: "Good Morning,", "Privacy Team,". */
export const NO_FIRST_NAME = set(
  `respected manager officer morning afternoon evening day night kind best warm regards team desk department dept office company first next
  mailing postal newsletter phone number mobile order invoice update change new my our hello subject ref reference id customer care service`,
);
