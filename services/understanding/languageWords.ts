const wordsOf = (lines: string): readonly string[] => lines.split(/\s+/).filter(Boolean);

/** Words by which a language shows itself, spelled without accents. */
export interface LanguageWords {
  /** Words that are neither English nor a name nor a romanised word of an Indian language. */
  readonly plain: readonly string[];
  /** Words that are common in the language, but may be English, Indian or a part of a name too. */
  readonly shared: readonly string[];
}

const language = (plain: string, shared: string): LanguageWords => ({
  plain: wordsOf(plain),
  shared: wordsOf(shared),
});

/** The little words of Hindi as it is typed in Latin letters. */
export const HINDI: LanguageWords = language(
  `kya kyaa kyu kyun kyon kyunki kaise kaisa kaisi kese kab kahan kaha kaun kon kitna kitne kitni kis kisi kisne kisko konsa mera meri mere mujhe muje mujhko mai mein hum humara hamara hame hamein humko aap aapka aapki aapke aapko apka apki apke apko
  aapne apne maine mene usne tum tumhara tera teri tere tujhe tujhko ye yeh yah woh wo vo uska uski uske usko iska iski iske isko inka unka unki unke unko ka ki ke ko aur ya lekin magar agar toh bhi nahi nahin nhi koi kuch kuchh sab sabhi bahut bohot thoda jyada zyada
  abhi phir fir jab tab jaise waise aise hai hain hoon hu tha thi karo karna karne karta karte karti kiya kijiye kariye karke karenge karoge raha rahi rahe gaya gayi gaye jata jati jaate hota hoti hote hua hui hue hoga hogi honge dena diya diye dijiye dedo lena liya lete leta
  chahiye chahta chahti chahte sakta sakti sakte wala wali wale batao bataiye bata bolo dekho suno bhejo bhej badal badlo badalna badalni ji haan accha acha theek thik madad baat kaam bhai yaar hona hone tak`,
  'ho h he me se per par pe to is in us un hi na mat main ap tu do de lo le kar ab kal sir bas data hindi the ham jo',
);

/** Languages in Latin letters that customers may write and the desk does not speak. */
export const LANGUAGES: readonly LanguageWords[] = [
  // Spanish
  language(
    `el los las una unos unas del que como cuando donde cual cuales quien quienes cuanto cuanta cuesta porque pero tambien muy mas esta estan estoy estas este esto eso ese esa soy eres somos tengo tiene tienen
    puedo puede pueden quiero quiere quisiera necesito necesita hacer hago hace saber decir favor gracias hola buenos buenas dias tardes noches usted ustedes ellos ella nosotros mis tus sus mio mia nuestra nuestro con
    sin sobre desde hasta entre datos correo contrasena cuenta ordenador computadora impresora funciona ayuda ayudar direccion telefono numero nombre pregunta informacion vender venden venta comparten compartir borrar eliminar
    cambiar hablar espanol alguien nada siempre ahora hoy ayer manana aqui ahi fue han hay ser tener olvide olvidado reparacion reparar empresa trabajo dinero politica privacidad seguridad estafa pirateado hackeado robado senora senor`,
    'mi no me te se le la lo un en de por para si su al es son ya son personal yo tu nos a y o da ha he has todo todos sido internet',
  ),
  // Portuguese
  language(
    `voce voces nao sim muito muita obrigado obrigada ola bom boa tarde noite dia meu minha meus minhas seu sua seus suas dele dela nosso nossa uma umas uns pelo pela pelos pelas nos quem quando onde qual quais quanto custa porque mas tambem
    esta estao estou este isto isso esse essa sou somos tenho tem temos posso pode podem quero queria preciso precisa fazer faco faz saber dizer ajuda ajudar ate sem sobre desde entre dados email senha conta computador impressora funciona lento
    endereco telefone numero nome pergunta informacao informacoes vender vendem compartilham apagar excluir mudar alterar falar portugues alguem nada sempre agora hoje ontem amanha aqui foi sao eram ser ter esqueci conserto empresa dinheiro privacidade seguranca golpe roubado como`,
    'o a os as e ou um do da dos das de em no na ao se me te eu tu ele ela por para que com mais ja so la es com mais tudo todos isso',
  ),
  // French
  language(
    `les des une aux du est sont suis etes sommes avez avons ont avoir etre fait faire je vous nous ils elles mon mes votre vos notre nos leur leurs cette ces cet que qui quoi quand comment pourquoi combien quel quelle quels quelles avec sans chez dans
    mais aussi tres pas peut peux pouvez puis voudrais veux voulez veut dois doit faut besoin aide aider merci bonjour bonsoir salut ordinateur imprimante marche fonctionne panne donnees mot passe compte courriel adresse telephone numero nom vendez vendre partagez
    effacer supprimer changer modifier parler francais quelqu un rien toujours maintenant aujourd hui hier demain ici ou etait ete oublie reparation entreprise argent confidentialite vie privee securite arnaque pirate vole cela ca coute rendez bureau sur plus tout tous se savoir dire`,
    'le la de en et un il elle on a ce ne me te se ma ta sa son ton si pour par or as ai au y tu moi toi lui sur plus tout hui ou pas pirate vole dire passe marche aide salut',
  ),
  // German
  language(
    `der das dem des ein eine einen einem einer eines ist sind bin bist seid wird werden wurde wurden habe haben hatte ich du sie wir ihr mich mir dich dir uns euch mein meine meinen meinem meiner dein deine ihre ihren ihrem unser unsere und oder aber auch nicht kein keine keinen
    mit ohne bei auf aus fur von vom zum zur uber unter nach vor wenn weil dass wie wo wer wann warum welche welcher welches wieviel viel viele kann kannst konnen konnte mochte mochten will muss mussen soll brauche brauchen hilfe helfen danke bitte guten tag morgen abend hallo
    rechner drucker druckt funktioniert geht kaputt daten passwort konto adresse telefonnummer nummer verkaufen verkauft teilen weitergeben loschen andern sprechen deutsch jemand nichts immer jetzt heute gestern hier gibt sehr mehr noch schon nur kostet reparatur firma geld datenschutz sicherheit betrug gehackt gestohlen vergessen ihnen finde bekommen bekomme etwas`,
    'die den in an am im war was so also es er man hat will bin des war hier mehr des tag not alle',
  ),
  // Italian
  language(
    `il gli della dello delle degli dei dal dalla nel nella nelle sul sulla alla alle allo che chi cosa come quando dove quale quali quanto quanta costa perche pero anche molto piu questo questa questi queste quello quella sono sei siamo siete hanno abbiamo avete mio mia miei mie tuo tua suo sua vostro vostra nostro nostra
    posso puo potete possono voglio vuole vorrei devo deve bisogno fare faccio fa sapere dire aiuto aiutare grazie ciao buongiorno buonasera salve computer stampante funziona parte rotto dati password conto indirizzo telefono numero nome domanda informazioni vendete vendere vende condividete
    cancellare eliminare cambiare modificare parlare italiano qualcuno niente sempre adesso oggi ieri domani qui stato stata ho dimenticato riparazione azienda soldi privacy sicurezza truffa rubato uno una lei loro noi voi con`,
    'i la lo le un di da in a e o si no non mi ti ci vi se per tra fra su ma ed al computer password parte dire fa fare come privacy costa',
  ),
  // Dutch
  language(
    `het een zijn ben bent wordt worden heb hebt heeft hebben had hadden ik jij jullie wij zij hij mij jou ons mijn jouw uw onze hun deze dit die dat niet geen maar ook met zonder bij voor naar uit onder tussen als omdat hoe waar wie wanneer waarom welke wat hoeveel veel kan kunt kunnen wil wilt willen moet moeten zou graag
    nodig hulp helpen bedankt dank dankjewel alstublieft hallo goedemorgen goedendag goedenavond printer doet werkt kapot gegevens wachtwoord rekening adres telefoonnummer nummer naam vraag informatie verkoopt verkopen delen deelt verwijderen wijzigen veranderen spreken nederlands iemand niets altijd nu vandaag gisteren morgen hier kost reparatie bedrijf geld privacy veiligheid oplichting gehackt gestolen vergeten mag eens nog wel naar`,
    'de en of in is op aan van te er we u je ze me had die dat dit was als over hier nog printer privacy nu wel had hun',
  ),
  // Indonesian and Malay
  language(
    `saya anda kamu kami kita mereka dia ini itu yang dan atau tetapi tapi dengan untuk dari pada dalam adalah tidak bukan belum sudah akan bisa boleh dapat harus mau ingin perlu bagaimana apa apakah siapa kapan dimana mengapa kenapa berapa banyak semua lagi juga sangat tolong bantu bantuan terima kasih selamat pagi siang sore malam
    halo komputer rusak lambat berfungsi jual menjual membagikan hapus menghapus ubah mengubah ganti alamat nomor telepon nama akun kata sandi lupa uang perusahaan privasi keamanan penipuan diretas dicuri bahasa bicara seseorang sekarang hari kemarin besok sini biaya perbaikan harga boleh awak nak tak boleh`,
    'di ke data ada bisa apa dia malam nama mau itu',
  ),
  // Turkish
  language(
    `bir ve bu icin ile gibi daha cok ben sen biz siz onlar benim senin bizim sizin bana sana bize size beni seni ne nasil neden nicin kim nerede zaman hangi kac kadar var yok degil mi mu misiniz musunuz miyim istiyorum istiyor olarak olan oldu olur olabilir lazim gerek yardim tesekkur tesekkurler merhaba selam gunaydin lutfen evet hayir
    bilgisayarim bilgisayar yazici calismiyor acilmiyor bozuldu verilerimi verileri veri satiyor musun paylasiyor sifremi sifre hesabim hesabimi hesap adresimi adres telefon numaram numara isim soru silmek degistirmek konusmak turkce birisi simdi bugun dun yarin burada ucret fiyat tamir sirket para gizlilik guvenlik dolandirici calindi unuttum`,
    'o da de her en ama mi mu ne var ben para data biz on',
  ),
  // Vietnamese
  language(
    `toi ban khong cua duoc nhung cac nguoi trong nay voi cho mot rat nhieu lam sao nao tai gi dau ai khi hoac nhu hay phai can muon giup cam xin chao vui may tinh hong du lieu thong tin mat khau tai khoan dia chi dien thoai ten hoi xoa doi noi tieng viet bay gio hom cong ty tien bao lua dao quen sua chua gia bi`,
    'la va co the do ma thi de da di an con den em anh so me ban can dia bao du hay may ten cho doi ai gi tai',
  ),
  // Polish
  language(
    `nie tak jest sa jestem mam masz ma moj moja moje moich swoj twoj wasz wasze panstwo pan pani czy jak gdzie kiedy dlaczego kto jaki jaka jakie ile kosztuje co to ten ta te dla przez przy bez pod nad oraz ale bardzo moge mozna mozecie chce chcialbym chcialabym potrzebuje prosze dziekuje dzien dobry czesc witam komputer drukarka dziala zepsuty
    dane danych haslo konto adres telefon numer imie pytanie sprzedajecie sprzedaje udostepniacie usunac zmienic rozmawiac polsku ktos nic zawsze teraz dzisiaj wczoraj jutro tutaj naprawa firma pieniadze prywatnosc bezpieczenstwo oszustwo skradziono zapomnialem sie mnie`,
    'i w z na do o u po za od a to ma ten ta te pan pod jak nad tak my on no co sa ile',
  ),
  // Swedish, Danish and Norwegian
  language(
    `och att det som inte jag mig du dig ni oss vi min mitt mina din ditt dina ert era eller men ocksa med utan fran hos nar hur var vem varfor vilken vilka vad mycket kan kunna vill ville maste behover hjalp hjalpa tack hej god morgon dator datorn skrivare fungerar trasig uppgifter losenord konto adress telefonnummer nummer namn fraga saljer salja delar
    radera andra prata svenska nagon inget alltid idag igar imorgon har kostar reparation foretag pengar sakerhet bedrageri stulen glomt ikke jeg mig dig eder er og af til fra hvor hvad hva hvem hvornar hvorfor hvilken meget skal tak hejsa goddag hei takk computeren virker oplysninger opplysninger adgangskode passord glemt saelger selger slette aendre endre tale dansk norsk nogen noen ingenting nu idag penger`,
    'en ett i om av for so den de han hon har var er ar pa till vi men kan du min till din god delar mig nu var over',
  ),
  // Romanian
  language(
    `este sunt esti suntem nu meu mea mei mele tau ta tale dumneavoastra noastra nostru vostru cum cand unde cine care cat costa pentru sau dar foarte pot poti puteti vreau doresc trebuie ajutor ajuta multumesc buna ziua seara salut calculatorul calculator imprimanta functioneaza stricat datele parola contul cont adresa telefon numarul numar nume intrebare
    vindeti vinde partajati sterge stergeti schimba schimbati vorbesc romana cineva nimic intotdeauna acum astazi ieri maine aici reparatie firma bani confidentialitate securitate inselatorie furat uitat din mi vi cu`,
    'si la de pe in un o a ce nu mi se le am ai cu din ta mai',
  ),
  // Tagalog
  language(
    `ang ng mga ako ikaw siya kami tayo kayo sila ko mo niya namin natin ninyo nila aking iyong akin inyo po opo hindi oo wala mayroon meron paano bakit kailan saan sino ano alin magkano gusto kailangan pwede puwede maaari tulong tulungan salamat kumusta magandang umaga hapon gabi sira gumagana ibinebenta ninyo datos impormasyon baguhin burahin palitan pangalan numero tanong sabihin tagalog ngayon kahapon bukas dito pera kumpanya nakalimutan nang lang naman yung`,
    'na sa at may si ba ni ito mo ko pa to din ano',
  ),
];
