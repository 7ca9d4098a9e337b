import type { Intent } from './types';

/** What a phrase says: an intent; `assent`, a yes only where nothing else stands beside it; `heard`, no more than that. */
export type Saying =
  Extract<Intent, 'yes' | 'no' | 'cancel' | 'thanks' | 'goodbye' | 'greeting'> | 'assent' | 'heard';

/**
 * The short messages that mean the same in every conversation, several to a line, separated by commas. Letters that
 * are drawn out, apostrophes and the chat spellings of `CHAT_WORDS` need no entry of their own.
 */
export const PHRASES: Record<Saying, readonly string[]> = {
  yes: [
    'y, ya, yah, yea, yeah, yeh, ye, yep, yes, yup, yass, aye, sure, correct, true, yes it is, yes i do, yes i am, yes that is it',
    'yes that is right, yes correct, of course, ofc, off course, absolutely, definitely, exactly, precisely, indeed, certainly, agreed, affirmative',
    'confirm, confirmed, i confirm, i agree, approve, approved, accepted, i accept, go ahead, go on, do it, do that, please do, please go on, do so, do the needful',
    'that is right, that is correct, that is the one, all correct, everything is right, everything is correct, it is right, it is correct',
    'sounds good, looks good, looks right, looks right to me, looks correct, send it, save it, submit, submit it, proceed, please proceed, kindly proceed, why not, sure thing',
    'that is quite right, quite right, that is accurate, it is accurate, yes that is accurate, go for it, very well, by all means, be my guest, you got it, carry on, yes i want, yes i want to, yes i would, yes i would like that, i would like that, for sure, uh huh, mhm',
    'haan, han, haa, ha ji, haan ji, haanji, hanji, hnji, hn, ji haan, ji han, jee haan, bilkul, bilkul sahi, sahi hai, sahi h, sahi baat hai, zaroor, zarur, jarur, kar do, kardo, kar dijiye',
    'kar dijie, bhej do, bhej dijiye, karo, kariye, kijiye, aage badho, हाँ, हां, हा, जी, जी हाँ, जी हां, हाँ जी, बिल्कुल, सही है, si, oui, yes bilkul, avunu, aama, hyan, hoy, ho ji',
    '\u{2705}, \u{2714}, \u{1F44D}\u{1F44D}',
  ],
  assent: [
    'right, ji, jee, ok, okay, okey, okie, oki, okie dokie, okey dokey, okei, k, okok, okokok, kay, fine, that is fine, fine by me, alright, all right, that is all right, all good, good, great, cool, perfect',
    'very good, done, ok done, it is ok, it is fine, it is good, that is good, that is great, that is ok, works for me, theek hai, theek he, theek h, thik hai, thik he, thik h, tik hai, thik, theek',
    'acha, accha, achha, acchha, sahi, badhiya, badiya, chalega, chalo thik hai, chalo theek hai, ho gaya, acha thik hai, ठीक है, ठीक, अच्छा, seri, sari, thik ache, \u{1F44D}, \u{1F44C}, \u{1F4AF}',
  ],
  heard: [
    'nice, super, superb, awesome, excellent, wonderful, lovely, brilliant, fantastic, amazing, very nice, noted, got it, understood, i see, i understand, makes sense, fair enough, no problem, no issues, no worries',
    'roger, roger that, ok i understand, ok got it, koi baat nahi, samajh gaya, samajh gayi, samjha, samajh gya, mast, \u{1F642}, \u{1F60A}, \u{1F600}, \u{1F604}',
  ],
  no: [
    'n, no, nah, nay, naw, nope, nop, noo, nops, not, no way, no thx, no ty, no sorry, not really, no not really, nopes, not me, not mine, no need, not needed, not necessary, not required',
    'never, not now, not yet, not at all, of course not, definitely not, absolutely not, certainly not, i do not, no i do not, no i do not want, no i do not want that, i do not want, i do not want to, i do not want it, i do not need it',
    'do not, please do not, do not do that, wrong, incorrect, false, not correct, not right, not ok, not good, not fine, not true, that is wrong, that is incorrect, that is not right, that is not correct, that is not it',
    'that is not true, it is wrong, it is not right, it is not correct, negative, i disagree, i do not agree, i refuse, i would rather not, rather not, by no means, neither, none of these, none of them, none of the above',
    'no it is not, no that is wrong, no that is not right, nothing, none, nobody, no one, nothing else, no nothing, no nothing else, no that is all, no that will be all, no that is it, not quite, not exactly, not interested, no not yet',
    'nahi, nahin, nahee, nhi, nai, naa, na, nahi ji, ji nahi, ji nahin, bilkul nahi, nahi chahiye, nhi chahiye, galat, galat hai, kuch nahi, kuch nhi, aur kuch nahi, zaroorat nahi, zarurat nahi, mat karo, na mat karo',
    'नहीं, नही, जी नहीं, नहीं जी, ना, गलत, non, nein, illai, illa, kadu, \u{1F44E}, \u{274C}, \u{1F645}, \u{1F6AB}',
  ],
  cancel: [
    'cancel, cancel it, cancel that, cancel this, cancel now, cancel all, cancel everything, cancel request, cancel the request, cancel my request, stop, stop it, stop this, stop that, stop now, stop here, stop there',
    'abort, abort it, quit, quit this, quit it, exit, nvm, nm, never mind, nevermind, nvmd, forget it, forget this, forget about it, forget that, just forget it, scrap that, scrap it, call it off, let it be, let it go',
    'leave it, leave that, leave this, leave it be, let us leave it, let us drop it, drop it, drop that, skip it, skip this, start over, start again, start afresh, restart, go back, back, back out, undo, revert',
    'do not bother, do not do it, do not send it, do not send that, do not save it, do not continue, do not proceed, discard, discard it, discard that, let us stop here, end this, end it, withdraw, withdraw it',
    'i changed my mind, changed my mind, i have changed my mind, not any more, no longer needed, not interested any more, i give up, another time, some other time, i do not want this any more, i do not want this anymore',
    'rehne do, rahne do, rehnedo, rehndo, rehne dijiye, rahne dijiye, chhodo, chodo, chhod do, chod do, chhoro, jaane do, jane do, jaane dijiye, band karo, cancel karo, cancel kar do, cancel kardo, cancel krdo',
    'cancel kijiye, wapas jao, रहने दो, छोड़ो, जाने दो, बंद करो, \u{1F6D1}',
  ],
  thanks: [
    'thanks, thanks you, thank you, thankyou, thank u, thanku, thnku, thanq, thankq, thks, thnks, thanx, tx, tyvm, ta, cheers, thanks a lot, thanks so much, thanks a bunch, thanks loads, thanks heaps, thank you so very much, thanks alot',
    'thank you so much, thank you very much, thanks very much, many thanks, thank you kindly, thanks again, thank you again, thanks a ton, thanks a million, thank you all, thanks all, thank you once again, tons of thanks',
    'much appreciated, appreciated, appreciate it, appreciate that, i appreciate it, i really appreciate it, i appreciate your help, really appreciate it, greatly appreciated, much obliged, i am grateful, grateful, very grateful, so kind of you',
    'how kind, how kind of you, that is kind, that is very kind, that is kind of you, you are kind, you are very kind, you are the best, good bot, well done, good job, great job, nice one, great work, good work, god bless, god bless you, bless you',
    'that helped, that helped a lot, that helps, that was helpful, that is helpful, very helpful, so helpful, helpful, you have been very helpful, you have been a great help, you were very helpful, thank god',
    'dhanyavaad, dhanyavad, dhanyawad, dhanyawaad, dhanyabad, shukriya, sukriya, bahut dhanyavaad, bahut dhanyavad, bahut shukriya, bohot shukriya, bahut bahut dhanyavaad, bahut bahut shukriya, aapka dhanyavaad, aapka shukriya, meherbani',
    'nandri, nanri, धन्यवाद, शुक्रिया, आभार, gracias, merci, danke, \u{1F64F}, \u{2764}, \u{1F49B}, \u{1F60D}, \u{1F917}, \u{1F64C}, \u{1F44F}',
  ],
  goodbye: [
    'bye, byebye, byebyebye, bye bye, goodbye, good bye, gudbye, good night, goodnight, gud night, gn, gnight, nite, good nite, see you, see you later, see you soon, see you tomorrow, see you around, see ya, cya, later, laters, ttyl, ttfn, so long',
    'farewell, take care, tc, have a nice day, have a good day, have a great day, have a lovely day, have a good one, have a nice evening, have a good evening, have a good weekend, have a nice weekend, have a lovely weekend, nice day, have a good night',
    'talk to you later, talk later, speak later, speak soon, talk soon, catch you later, bye for now, until next time, till next time, cheerio, toodle-oo, toodles, over and out, signing off, i am off, i am off now, i am out, i am going now, i will go now, i should get going, i must leave now, got to run, logging off, that is me done, i have to go, i have to go now, i must go, i must go now, gotta go',
    'got to go, g2g, gtg, i will leave, i am leaving, i am leaving now, i am done, i am done here, i am all done, we are done, we are done here, all done here, that is all, that is all for now, that is all for today, that will be all, that will be all for today, that is all from my side',
    'that was all, that is everything, that is all i needed, that is all i wanted, that is all i wanted to know, end chat, end the chat, end this chat, close chat, close the chat, close this chat, end conversation, end the conversation, nothing more, nothing further, all the best',
    'alvida, phir milenge, fir milenge, phir milte hain, chalo bye, tata, ta ta, bas, bas itna hi, itna hi, bas ho gaya, shubh ratri, adios, au revoir, ciao, अलविदा, फिर मिलेंगे',
  ],
  greeting: [
    'hi, hello, hey, hay, hii, hallo, hullo, helo, hlo, hlw, ello, heya, hiya, hi there, hello there, hey there, hi all, hello all, hey all, hi everyone, hello everyone, dear sir, dear madam, dear sirs, dear sir or madam, dear sir madam, dear team, dear support, dear support team, dear comantra',
    'respected sir, respected madam, respected sir madam, good morning, gud morning, good mrng, gud mrng, gm, gm all, good afternoon, gud afternoon, good evening, gud evening, good day, morning, afternoon, evening, a very good morning, very good morning, a very good evening, good morning to you, good day to you all',
    'greetings, warm greetings, greetings of the day, good morning all, howdy, yo, sup, what is up, wassup, how are you, how are you doing, how are you today, how are you doing today, how do you do, how is it going, hope you are well, hope you are doing well, i hope you are well, hope all is well, nice to meet you, pleased to meet you',
    'namaste, namaskar, namaskaram, namasthe, namasté, pranam, vanakkam, salaam, salam, salam alaikum, assalamualaikum, assalamu alaikum, assalam alaikum, salaam walekum, adab, jai hind, jai shri ram, ram ram, radhe radhe, sat sri akal, jai shree krishna, नमस्ते, नमस्कार, hola, bonjour',
    'anybody there, anyone there, is anyone there, is anybody there, anyone here, anybody here, is anyone here, is anybody here, is anyone around, anyone around, anyone around here, is someone there, you there, are you there, back again, hi again, hello again, hey again, \u{1F44B}',
  ],
};

/** Phrases that hold only where nothing of weight stands beside them: each would mean something else there. */
export const ALONE: readonly string[] = [
  'not, do not, please do not, i do not, never, nothing, none, nobody, no one, neither, wrong, false, true, negative, back, restart, revert, undo, another time, some other time, later, laters, bas, helpful',
  'morning, afternoon, evening, why not, nay, ye, na, illa, ho ji, karo, submit, approve, withdraw, end it, end this, appreciated, ta, si, non, nice day, n, y, hay, yo, sup, hn, sari, seri, hoy, hyan',
];

/** Words that change nothing of what is said beside them: forms of address, sighs, politeness. */
export const FILLERS: ReadonlySet<string> = new Set(
  `please kindly sir sirs madam maam mam mem miss dear bhai bhaiya bhaiyya bhaisaab bhai-saab yaar yar ji jee team mate matey boss bro bruh brother sis sister bud buddy
  friend friends folks guys dude man beta didi dada anna uncle aunty auntie saab sahab saheb sar janab bot comantra love darling honey
  oh ooh ah aah aha um umm uh er erm hm hmm mm mmm well arre arey oho lol ha haha hahaha hehe hehehe hihi then so just actually sorry and wow yay oops`
    .split(/\s+/)
    .filter(Boolean),
);

/** “for your quick help today”: what stands before the matter of thanks, the matter, and what may follow. */
export const THANKED_FOR = {
  before:
    'all, your, the, this, that, such, so, very, quick, kind, prompt, fast, great, good, wonderful, valuable, big',
  matter:
    'help, helping, assistance, assisting, support, time, reply, response, answer, answers, answering, patience, information, explanation, explaining, clarification, clarifying, kindness, service, advice, update, it, this, that, everything, hearing, listening',
  after: 'me, us, out, today, sir',
};
