import type { More } from '../more'

export default {
  emailWhy: 'Odpowiadamy tutaj, w tym czacie. Można zostawić adres e-mail, jeśli zespół może pisać także tam.',
  email: 'Adres e-mail',
  emailSave: 'Zapisz',
  emailSaved: 'Zapisano: {email}',
  emailBad: 'To nie wygląda na adres e-mail. Przykład: imie@example.com',
  emailFailed: 'Nie zapisano. Spróbuj ponownie.',
  skip: 'Nie, dziękuję',
  tooLarge: '{name} ma {size}. Można wysłać najwyżej {limit}.',
  emptyFile: '{name} jest pusty i nie został dołączony.',
  retry: 'Spróbuj ponownie',
  uploadFailed: 'Nie przesłano pliku {name}.',
  uploading: 'Przesyłanie {name}',
  remove: 'Usuń {name}',
  download: 'Pobierz {name}',
  hide: 'Zamknij',
  view: 'Pokaż {name}',
  notLoaded: 'Nie udało się pobrać pliku. Spróbuj ponownie.',
} satisfies More
