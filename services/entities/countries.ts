import type { CountryCode } from 'libphonenumber-js';

/** A country whose telephone numbers customers give, and how a text shows it. */
interface Shown {
  readonly country: CountryCode;
  readonly by: RegExp;
}

const STATE =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]';

/** A postcode of the United Kingdom. */
export const UK_POSTCODE = /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![\p{L}\p{N}])/iu;

/** A state and a ZIP code of the United States. */
export const US_STATE_AND_ZIP = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${STATE}),? \d{5}(?:-\d{4})?(?![\p{L}\p{N}])`,
  'u',
);

const CANADIAN_POSTCODE = /(?<![\p{L}\p{N}])[A-Z]\d[A-Z] ?\d[A-Z]\d(?![\p{L}\p{N}])/u;

const word = (words: string, flags = 'i'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, `${flags}u`);

/** How each country shows; "us" in small letters is a pronoun. */
const SHOWN: readonly Shown[] = [
  { country: 'GB', by: word('uk|u\\.k\\.?|united kingdom|britain|british|england|scotland|wales') },
  { country: 'GB', by: word('london|birmingham|manchester|leeds|glasgow|edinburgh|bristol') },
  { country: 'GB', by: UK_POSTCODE },
  { country: 'US', by: word('US|USA|U\\.S\\.(?:A\\.?)?', '') },
  { country: 'US', by: word('usa|united states|american? number|new york|california|texas') },
  { country: 'US', by: US_STATE_AND_ZIP },
  { country: 'CA', by: word('canada|canadian|toronto|ottawa|vancouver|ontario') },
  { country: 'CA', by: CANADIAN_POSTCODE },
  { country: 'AU', by: word('australian?|sydney|melbourne|brisbane') },
  { country: 'NZ', by: word('new zealand|auckland') },
  { country: 'IE', by: word('ireland|irish|dublin') },
  { country: 'SG', by: word('singapore') },
  { country: 'AE', by: word('uae|u\\.a\\.e\\.?|dubai|abu dhabi|sharjah|emirates') },
  { country: 'SA', by: word('saudi(?: arabia)?|riyadh|jeddah') },
  { country: 'QA', by: word('qatar|doha') },
  { country: 'BD', by: word('bangladesh|dhaka') },
  { country: 'NP', by: word('nepal|kathmandu') },
  { country: 'LK', by: word('sri lanka|colombo') },
  { country: 'PK', by: word('pakistan|karachi|lahore') },
  { country: 'MY', by: word('malaysian?|kuala lumpur') },
  { country: 'DE', by: word('german(?:y)?|deutschland|berlin|munich|hamburg') },
  { country: 'FR', by: word('france|french|paris|lyon') },
  { country: 'NL', by: word('netherlands|dutch|amsterdam') },
  { country: 'ES', by: word('spain|spanish|madrid|barcelona') },
  { country: 'IT', by: word('italy|italian|rome|milan') },
  { country: 'ZA', by: word('south africa|johannesburg|cape town') },
  { country: 'NG', by: word('nigerian?|lagos|abuja') },
  { country: 'KE', by: word('kenyan?|nairobi') },
];

/** The country, other than India, that a text shows by its name, a large town or the form of a postcode. */
export const countryShownIn = (text: string): CountryCode | undefined =>
  SHOWN.find(({ by }) => by.test(text))?.country;
