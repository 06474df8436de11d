// Moments in Polish.

import { words } from './words';

export default words({
  skip: 'w|we|na|dnia|i|ten|tę|to|godz|godz.',
  ahead: 'za|po',
  at: 'o|o godzinie|o godz|do',
  next: 'następny|następną|następnym|następna|przyszły|przyszłą|przyszłym|przyszła|przyszłe|kolejny|kolejną',
  units: {
    minute: 'minuta|minutę|minuty|minut|min',
    hour: 'godzina|godzinę|godziny|godzin|g|h',
    day: 'dzień|dni|d',
    week: 'tydzień|tygodnie|tygodni|tygodniu|tyg',
    month: 'miesiąc|miesiące|miesięcy|miesiącu|mies',
  },
  numbers: { 0.5: 'pół', 1: 'jeden|jedną|jedna', 2: 'dwa|dwie|parę', 3: 'trzy', 4: 'cztery', 5: 'pięć', 6: 'sześć', 7: 'siedem', 8: 'osiem', 9: 'dziewięć', 10: 'dziesięć', 12: 'dwanaście' },
  days: { 0: 'dziś|dzisiaj', 1: 'jutro', 2: 'pojutrze' },
  weekdays: ['poniedziałek|pon|pn', 'wtorek|wt', 'środa|środę|śr', 'czwartek|czw', 'piątek|pt', 'sobota|sobotę|sob', 'niedziela|niedzielę|niedz|nd'],
  months: [
    'styczeń|stycznia|sty', 'luty|lutego|lut', 'marzec|marca|mar', 'kwiecień|kwietnia|kwi', 'maj|maja', 'czerwiec|czerwca|cze',
    'lipiec|lipca|lip', 'sierpień|sierpnia|sie', 'wrzesień|września|wrz', 'październik|października|paź', 'listopad|listopada|lis', 'grudzień|grudnia|gru',
  ],
  morning: 'rano|rana|przed południem',
  noon: 'południe|w południe',
  afternoon: 'po południu|popołudniu|popołudnie',
  evening: 'wieczorem|wieczór|wieczora|w nocy',
  midnight: 'północ|o północy|północy',
  tonight: 'dziś wieczorem|dzisiaj wieczorem',
});
