/** What is said. */
export type Words = {
  readonly menus: readonly (readonly string[])[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly digits: readonly string[];
  /** Said to every menu, and to a question of yes or no. */
  readonly others: readonly string[];
  /** Said to one menu each, and to a question of yes or no. */
  readonly moreOthers: readonly string[];
};

/** Words of everyday; some of them sound like a yes or a no. */
const MORE_OTHERS =
  'hospital, potato salad, let me think, who is this, one second please, butterfly, mountain, chicken ' +
  'soup, garden, water, hamburger, seven, twelve, ninety nine, manager, i forgot my number, the train ' +
  'is late, coffee, dinner, window, dog, music, excuse me, what did you say, please wait, stop, yellow, ' +
  'orange juice, christmas, mother, is anybody there, nothing, kitchen, paris, new york, michael, ' +
  'jennifer, robert smith, rainbow, spaghetti, bicycle, doctor, football, notebook, snow, guess, light, ' +
  'song, shoe, soap, chess, garage, vegetables, i am at work';

/** No figure is taken from these. */
export const TUNING: Words = {
  menus: [
    ['sales', 'support', 'pay my bill', 'agent', 'opening hours', 'track my parcel', 'returns'],
    ['reset my password', 'internet', 'mobile phone', 'television', 'something else'],
    ['open an account', 'close my account', 'savings', 'credit card', 'mortgage'],
    ['report a fault', 'meter reading', 'moving house', 'complaints'],
    ['flight status', 'baggage', 'upgrade my seat', 'frequent flyer', 'help'],
  ],
  yes: ['yes', 'yeah', 'yep', 'right', 'correct', 'sure', 'okay'],
  no: ['no', 'nope', 'wrong', 'incorrect', 'not right', 'not correct'],
  digits: ['4711', '2069', '35', '8', '90210'],
  others: [
    'banana',
    'i would like a pizza',
    'kowalczyk',
    'tuesday',
    'never mind',
    'the weather',
    'school',
    'give me a moment',
    'apple',
    'where are you',
    'thank you very much',
    'newspaper',
    'six',
    'maybe later',
    'pineapple',
    'can you hear me',
    'london',
    'telephone',
    'big green tree',
    'fourteen',
    'my cat is ill',
  ],
  moreOthers: MORE_OTHERS.split(', '),
};
export const FIGURE: Words = {
  menus: [
    ['billing', 'technical support', 'new orders', 'cancel my contract', 'talk to an operator', 'store hours'],
    ['check my balance', 'lost card', 'make a payment', 'change my address', 'speak to somebody'],
    ['book a room', 'change a reservation', 'cancel', 'reception', 'restaurant'],
  ],
  yes: ['yes', 'yeah', 'yep', 'correct', 'sure', 'okay'],
  no: ['no', 'nope', 'wrong', 'not correct'],
  digits: ['1', '6', '7', '42', '953', '1806', '27491', '603815'],
  others: [
    'wednesday',
    'what time is it',
    'hello there',
    'purple elephant',
    'i do not know',
    'computer',
    'university',
    'twenty five',
    'good morning',
    'my name is john',
  ],
  moreOthers: [],
};
/** Prompts of a person by file, and the words that are spoken in them. */
export const PERSON_MENUS: readonly Readonly<Record<string, string>>[] = [
  {
    'digits/day-0': 'sunday',
    'digits/day-1': 'monday',
    'digits/day-2': 'tuesday',
    'digits/day-3': 'wednesday',
    'digits/day-4': 'thursday',
    'digits/day-5': 'friday',
    'digits/day-6': 'saturday',
  },
  {
    'call-forwarding': 'call forwarding',
    'call-waiting': 'call waiting',
    'do-not-disturb': 'do not disturb',
    'speed-dial': 'speed dial',
    'telephone-number': 'telephone number',
  },
  { hours: 'hours', location: 'location', extension: 'extension', goodbye: 'goodbye' },
  { 'digits/today': 'today', 'digits/tomorrow': 'tomorrow', 'digits/yesterday': 'yesterday' },
];
export const DIGIT_WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
