import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { otherLanguage } from '../../services/understanding/languages';
import { normalise } from '../../services/understanding/normalise';

const UTTERANCES = path.join(__dirname, '../../knowledge/utterances');

/** Labels under which no utterance is in another language. */
const IN_SCOPE = readdirSync(UTTERANCES).filter((file) => file !== 'out_of_scope.txt');

const isOther = (text: string): boolean => otherLanguage(normalise(text));

describe('messages in a language that the desk does not speak', () => {
  test.each([
    // Spanish
    'No puedo entrar en mi cuenta',
    '¿Qué hacen ustedes con mi número de teléfono?',
    'Quiero que borren todos mis datos personales',
    'mi computadora esta muy lenta desde ayer',
    'hola, alguien me puede ayudar por favor',
    'cuanto cuesta la reparacion',
    // Portuguese
    'Vocês compartilham os meus dados com outras empresas?',
    'não consigo acessar a minha conta',
    'bom dia, preciso de ajuda com o meu computador',
    'quero mudar o meu endereço',
    'quanto custa o conserto',
    // French
    'Je ne peux plus accéder à mon compte',
    "Qu'est-ce que vous faites de mes données ?",
    "Mon mot de passe ne marche pas, aidez-moi s'il vous plaît",
    'je veux supprimer toutes mes informations',
    'quelqu’un a volé mon mot de passe',
    // German
    'Ich komme nicht mehr in mein Konto',
    'Was machen Sie mit meinen Daten?',
    'Bitte löschen Sie alle meine Daten',
    'Jemand hat mein Passwort gestohlen',
    'ich möchte meine Adresse ändern',
    'wer kann meine Dateien sehen?',
    // Italian
    'Non riesco ad accedere al mio conto',
    'Cosa fate con i miei dati?',
    'vorrei cambiare il mio indirizzo',
    'qualcuno ha rubato la mia password',
    'quanto costa la riparazione?',
    // Dutch
    'Ik kan niet meer inloggen op mijn account',
    'Wat doen jullie met mijn gegevens?',
    'ik wil graag mijn adres wijzigen',
    'Verkopen jullie mijn gegevens aan anderen?',
    // Indonesian
    'Saya tidak bisa masuk ke akun saya',
    'Apakah kalian menjual data saya?',
    'tolong hapus semua data saya',
    'saya ingin mengubah alamat saya',
    // Turkish
    'Hesabıma giremiyorum, lütfen yardım',
    'Verilerimi satıyor musunuz?',
    'bilgisayarım çok yavaş çalışıyor ne yapmam lazım',
    'şifremi unuttum nasıl değiştirebilirim',
    // Vietnamese
    'Tôi không thể đăng nhập vào tài khoản của tôi',
    'Công ty có bán dữ liệu của tôi không?',
    'tôi muốn đổi địa chỉ của mình',
    // Polish
    'Nie mogę się zalogować na moje konto',
    'Czy sprzedajecie moje dane?',
    'chcę zmienić mój adres, proszę o pomoc',
    // Swedish, Danish and Norwegian
    'Jag kan inte logga in på mitt konto',
    'Säljer ni mina uppgifter till någon?',
    'Jeg kan ikke logge ind på min konto',
    'hva gjør dere med opplysningene mine, jeg vil ikke dele dem',
    // Romanian
    'Nu pot intra în contul meu',
    'Ce faceți cu datele mele? Vă mulțumesc',
    // Tagalog
    'Hindi ko mabuksan ang aking account',
    'Ibinebenta po ba ninyo ang datos ko?',
    // Scripts
    'Продаёте ли вы мои данные?',
    'क्या आप मेरा डेटा बेचते हैं?',
    'আপনারা কি আমার তথ্য বিক্রি করেন',
    '你们会卖我的数据吗',
    'هل تبيعون بياناتي؟',
    'என் தகவலை விற்கிறீர்களா',
    'Πουλάτε τα δεδομένα μου;',
  ])('%s', (text) => {
    expect(isOther(text)).toBe(true);
  });
});

describe('messages that the desk may understand', () => {
  test.each([
    // Romanised Indian languages
    'mera number badal do',
    'kya aap mera data bechte ho',
    'bhai mera account kisi ne hack kar liya',
    'mujhe apna pata badalna hai, naya ghar le liya',
    'mere paise kat gaye hain, kuch karo',
    'amar phone number ta change kore din',
    'apnara ki amar information bikri koren',
    'enakku unga company la irundhu spam mail varudhu',
    'naan address maathanum, epdi pannanum',
    'naa phone number marchandi',
    'maza number badla, nahi tar mala phone yenar nahi',
    'haan ji mera naam Suresh hai',
    // Names and addresses
    'My name is José María García de la Cruz',
    'update the name to Van der Berg please',
    'Ludwig von Habsburg und Sohn GmbH is my company, change it',
    'I am Maria da Silva dos Santos',
    'change my address to 12 Rue de la Paix, 75002 Paris',
    'Calle de Alcalá 45, 28014 Madrid',
    'my new address is Hauptstraße 5, 10115 Berlin',
    'Via dei Condotti 8, Roma',
    'Avenida Nossa Senhora de Copacabana 100, Rio de Janeiro',
    'deliver it to Casa del Sol, 4 Park Street, Kolkata',
    'ship it to Le Meridien, Pune',
    'I am Nguyen Van An, the account is mine',
    'this is Mai Thi Lan, please call me',
    'Siti Nur Aisyah binti Ahmad',
    // English with foreign words, typos and dialect
    'what does wie geht es mean in your mail',
    'I got a mail that began with Estimado cliente, is it from you?',
    'do you sell data to the El Corte Ingles chain',
    'I read about you in Le Monde and Die Zeit',
    'hola, I want to change my address',
    'bonjour, can you delete my data please',
    'is it a faux pas to ask for my data vis a vis the GDPR',
    'are my details shared en masse, or per se only with partners',
    'de facto you sell my data, do you not',
    'wat u do wit my data mate',
    'dis is da worst, sum1 got in my acount n changd teh pasword',
    'pls tel me hw 2 chnge my adres',
    'me no understand policy, you sell data or no sell',
    'ye cannae sell ma data, can ye',
    'innit bruv, u lot flogging my info or wot',
    'i wil nt agre 2 dis',
    'a man on my pc was in my files',
    'the man had an arm in a sling and took my card',
    'it is so hot in here, was the die cast on the bin',
    'no me, no data, no sell',
    'my son is on a site I do not like',
    'se the mail i sent, no one has ansered',
    // Short, odd, code
    'data',
    'no',
    'me',
    'la',
    'de',
    'in',
    'so',
    'cookies?',
    'PD-7KQ4-M2XA',
    'select * from users where id = 1',
    'const el = document.querySelector("#la")',
    'for i in un, do, tre: print(i)',
    'asdf qwer zxcv',
    'x',
    'a b c d e f',
    'www.comantra.net/le/la/les',
    'el.nino@example.com',
    'la@les.fr de@das.de',
    'Pune 411001',
    '',
  ])('%s', (text) => {
    expect(isOther(text)).toBe(false);
  });

  test.each(IN_SCOPE)('the utterances of %s', (file) => {
    const lines = readFileSync(path.join(UTTERANCES, file), 'utf8').split('\n');
    expect(lines.filter((line) => !line.startsWith('#') && isOther(line))).toEqual([]);
  });
});
