const wordsOf = (lines: string): readonly string[] => lines.split(/\s+/).filter(Boolean);

/** Common English words and those of this desk's matters, by which a message is known to be English; without apostrophes. */
export const COMMON_ENGLISH = wordsOf(`
  a about above account after again against all also always am an and another any anybody anyone anything are around as ask asked asking at away back bad be became because been before being best better
  between big both but buy by call called came can cannot cant card case change chat check child children come comes company complaint computer contact cookie cookies copy could couldnt country customer data
  date day days dear delete details did didnt different do does doesnt doing done dont down during each email emails even ever every everybody everyone everything find fine first for found from full gave get gets
  getting give given go goes going gone good got great had hadnt hand happen happened has hasnt have havent having he hello help her here hers hi him his home hour hours house how i id if ill im in information
  instead into is isnt it its ive job just keep kept kind know known last late later law leave left less let lets letter like line list little long look lost made mail make making man many may maybe me mean message
  might mine minute mobile money month months more morning most much must my name need needed never new newsletter next night no nobody none nor not nothing now number of off office often oh ok okay old on once one
  only open or order other others our out over own page paid part password pay people person phone place please policy possible post privacy private problem put question questions read really reason remote report
  right said same saw say saying says second secure see seen sell send sent session set shall share she shop should show since sir site so some somebody someone something soon sorry staff start still stop such sure
  take taken talk team tell than thank thanks that thats the their them then there these they thing things think this those though thought three through time to today together told tomorrow too took try trying two
  under until up update upon us use used using very via want wanted wants was wasnt way we website week weeks well went were what whats when where which while who whom whose why will wish with within without woman wont
  word work working works would wouldnt write wrong year years yes yesterday yet you your yours youre address agent apple bank billing brother daughter father friend husband internet laptop mother printer repair
  screen sister son technician user wife windows worker world war hat bin mine also man den die van con pan sin sore ten bit bias tag son rat hay per pro ex re vs etc via ad mas pay pal bar bus plus tip top
  male female sale sales single double table chair pass passes par pour chat main sans den dam fur also still not gift mode fast hell rock stern brief arm hand land name ring wild warm kind park bank ball sport
  restaurant hotel menu important international service support social media video radio normal total final local general national personal original central special mental animal hospital animal
  salad salsa taco pizza pasta opera piano piazza casa villa grande amigo siesta fiesta patio poncho tequila sushi sauna ski smorgasbord angst kindergarten autobahn doppelganger hamburger frankfurter
  senor senora monsieur madame mademoiselle herr frau signor signora mister mr mrs ms dr prof st ave
  aunt uncle pet pets dog cat car cars food water red blue green white black city town state states far near four five six seven eight nine ten hundred thousand half end side point hear heard run turn move live
  believe hold bring provide sit stand lose meet include continue learn lead understand watch follow create speak allow add spend grow win offer remember love consider appear wait serve die expect build stay fall cut
  reach kill remain suggest raise sold require decide pull return explain hope develop carry break receive agree produce eat cover catch draw choose cause point listen realise plan travel spanish french german italian
  dutch portuguese turkish polish swedish hindi english language translate mean song movie weather recipe`);

/** Common words of Indian languages as they are typed in Latin letters. */
export const ROMANISED_INDIAN = wordsOf(`
  hai hain he h ho hoon hu hun tha thi the kya kyu kyun kyon kaise kaisa kaisi kab kahan kaha kaun kon kitna kitne kitni kis kisi kisne kisko konsa mera meri mere mujhe muje mujhko mai main mein me hum humara hamara hame hamein
  aap aapka aapki aapke aapko ap apka apki apke tum tumhara tera teri tere tujhe tu ye yeh yah woh wo vo us uska uski uske usko is iska iski iske isko in inka un unka unki unke ka ki ke ko se par pe per tak aur ya lekin magar
  agar to toh bhi hi na nahi nahin nhi mat koi kuch kuchh sab sabhi bahut bohot thoda jyada zyada abhi ab kal aaj parso phir fir jab tab jaise waise aise kar karo karna karne karta karte karti kiya kijiye kariye karke raha rahi
  rahe gaya gayi gaye jata jati jaate hota hoti hote hua hui hue de do dena diya diye dijiye dedo le lo lena liya lete leta chahiye chahta chahti chahte sakta sakti sakte wala wali wale badal badlo badalna badlna batao bataiye bata bolo
  bol bola dekho dekh suno ruko bhejo bhej naam paisa paise ghar log dost bhai behen bahen beta ji haan han accha acha theek thik sahi galat kharab madad jaankari jankari baat kaam hindi mein madam saab sir yaar kyunki taki
  ami amar amader apni apnar tumi tomar ki keno kothay kokhon kemon korbo koro korte kore korchi korun hobe hoy hoyeche ache achhe nei na amake apnake theke jonno ekta ekti kichu ebong kintu bolun bolte janate chai din dite nite
  bangla naan nan en enna enakku ennoda unga ungal ungaloda neenga nee illa illai iruku irukku irukka epdi eppadi yen yaar enga engay eppo pannunga panna panren seri aama venum vendam sollunga intha antha tamil nenu naku naa mee meeru
  meru ela enduku evaru ekkada eppudu ledu undi unnai kavali cheyandi cheppandi idi adi kani telugu nanu nanna nimma neevu hege yake yaru elli illa ide beku madi heli kannada njan ente ningal ningalude alle undo venam malayalam majha
  mala tumcha tumhi aahe ahe nahi kay kasa kuthe pahije sanga marathi hu maru tame tamaru chhe che su kem kyare joie gujarati main menu tusi tuhada punjabi assi ji sat sri da di de nu vich se bina sath saath wapas vapas dukan dukaan
  dal chawal namaste dhanyavad shukriya mo ko la ni tai ban lam sari ne ma ba jo bas bus chal chalo hona hone`);
