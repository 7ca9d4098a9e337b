const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words of which streets, buildings and quarters are named. */
export const STREET_WORD =
  /(?<![\p{L}])(?:streets?|str?|roads?|rd|lanes?|ln|avenues?|ave?|marg|nagar|gall?i|drive|dr|close|court|ct|crescent|cres|place|pl|square|sq|terrace|way|boulevard|blvd|highway|hwy|park|gardens?|gdns|rise|grove|mews|hills?|view|colony|society|enclave|layout|extn?|extension|main|cross|phase|sector|sec|block|blk|baz+a+r|chowk|path|sarani|bagh|vihar|puram|pally|para|palli|apartments?|apts?|residency|residences?|towers?|complex|estate|villas?|heights|rue|via|calle|platz|allee|plaza|box|house|cottage|farm|village|vill|green|quay|wharf|dock|walk|row|station|circus|parade|lodge|building|bldg|mansion|hostel|campus|quarters|bypass|circle|ring|wadi|peth|mohalla|salai|theru|town|city|county|meadows?|woods?|bank|bridge|gate|mill|field|common|end|croft|vale|rajpath|hall|floor|flat|plot|ward|district|dist|taluk|lake|beach|river|garden|manor|court|chambers|arcade|mall|market|centre|center|road\w*)(?![\p{L}])|(?:straße|strasse|straat|gasse|weg|gata|nagar|pur|ganj|wadi)(?![\p{L}])/iu;

/** Large towns and regions, which close an address that has no postcode. */
export const KNOWN_PLACE =
  /(?<![\p{L}])(?:india|bharat|kolkata|calcutta|howrah|mumbai|bombay|navi mumbai|thane|delhi|new delhi|noida|gurgaon|gurugram|ghaziabad|faridabad|chennai|madras|bengaluru|bangalore|hyderabad|secunderabad|pune|ahmedabad|surat|vadodara|rajkot|jaipur|jodhpur|udaipur|lucknow|kanpur|varanasi|agra|meerut|allahabad|prayagraj|patna|ranchi|bhopal|indore|gwalior|nagpur|nashik|raipur|kochi|cochin|trivandrum|thiruvananthapuram|kozhikode|calicut|coimbatore|madurai|salem|trichy|mysuru|mysore|mangaluru|mangalore|vizag|visakhapatnam|vijayawada|guwahati|shillong|siliguri|darjeeling|durgapur|asansol|bhubaneswar|cuttack|puri|chandigarh|mohali|ludhiana|amritsar|jalandhar|shimla|dehradun|goa|panaji|srinagar|jammu|west bengal|maharashtra|karnataka|kerala|tamil nadu|telangana|gujarat|rajasthan|punjab|haryana|uttar pradesh|madhya pradesh|bihar|odisha|assam|london|birmingham|manchester|leeds|bristol|glasgow|edinburgh|cardiff|swansea|york|exeter|oxford|cambridge|liverpool|sheffield|new york|chicago|boston|austin|seattle|springfield|toronto|ottawa|vancouver|sydney|melbourne|dublin|singapore|dubai|dhaka|kathmandu|paris|berlin|lyon|united kingdom|uk|usa|england|scotland|wales|canada|australia|germany|france|netherlands|spain|italy|ireland|new zealand|uae|nepal|bangladesh|sri lanka|malaysia|switzerland|austria|belgium|portugal|south africa|kenya|nigeria)(?![\p{L}])/iu;

/** What may follow a postcode and still belong to the address. */
export const AFTER_POSTCODE =
  /^[\s,.(-]{0,3}(?:(?:west bengal|w\.?b|maharashtra|karnataka|kerala|tamil nadu|telangana|gujarat|rajasthan|punjab|haryana|uttar pradesh|madhya pradesh|andhra pradesh|bihar|odisha|assam|goa|delhi|england|scotland|wales)[\s,.]{1,2})?(?:india|united kingdom|great britain|england|scotland|wales|uk|u\.k\.?|usa|u\.s\.a\.?|united states|canada|australia|west bengal|maharashtra|karnataka|kerala|tamil nadu|telangana|gujarat|rajasthan|punjab|haryana|uttar pradesh|madhya pradesh|bihar|odisha|assam)(?![\p{L}])\)?/iu;

/** Words that stand in no address and so end it. */
export const NOT_IN_AN_ADDRESS = set(
  `please pls plz plss kindly thanks thank thx tnx ty since because bcoz instead but so which where until till i we im i'm
  i've we've we're it it's its that this these those was were is are am be been being has have had having will would can
  could should shall must may effective starting starts wef w.e.f as if when while whereas rather not now asap
  immediately today tomorrow tonight sir madam mam dear regards sincerely cheers ok okay also plus or phone mobile mob ph
  tel telephone cell cellphone whatsapp landline email e-mail emails mail contact number numbers name my our your ur you u
  me us he she they his her their same both too change chng update updt correct use send ship deliver bill billing shipping
  invoice invoices delivery call stop remove unsubscribe note add sign cancel take make save do does did don't dont
  didn't isn't last yesterday onwards onward only temporarily permanently soon hope let want need hi hello anymore
  everything all what who why how let's lets whose for to from with record records account file db system database new
  newsletter offers offer card thats that's there here already still well actually sorry btw asap
  permanent correspondence instead replace replacing deliveries parcels orders order goods after before by
  and & n nd hai hain hoga kar karo kardo karna kijiye kijie dijiye bhej bhejo bhejna aur lekin mujhe mera meri yeh wahan yahan par pe rehta
  rehti`,
);

/** The first words of lines that begin something else. */
export const FIRST_OF_ANOTHER_LINE = set(
  `thanks thank regards best kind warm yours sincerely cheers hi hello dear name phone mobile mob ph tel telephone email
  e-mail mail contact whatsapp my our i we please pls kindly also and new old username user customer account order ref
  subject from to sent date note ps billing shipping delivery signed love`,
);

/** Labels that may stand inside an address. */
export const LABEL_IN_AN_ADDRESS = set(
  'pin pincode code zip zipcode postcode postal dist district ps po city state country landmark near town village vill',
);

/** Words behind which a dot ends nothing. */
export const SHORTENED = set(
  `st rd ave av ln dr no nos nr opp apt apts bldg blk sec p.o po p.s ps mt ft dist teh vill co ext extn hno sq blvd jn hwy pt
  dt rly stn govt soc chs chsl mr mrs ms c/o flr fl str pkwy ct pl cres gdns u.k u.s ind p.k`,
);
