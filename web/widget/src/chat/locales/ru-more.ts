import type { More } from '../more'

export default {
  emailWhy: 'Мы отвечаем здесь, в этом чате. Можно оставить адрес почты, если команда может писать и туда.',
  email: 'Электронная почта',
  emailSave: 'Сохранить',
  emailSaved: 'Сохранено: {email}',
  emailBad: 'Это не похоже на адрес почты. Пример: name@example.com',
  emailFailed: 'Не сохранено. Попробуйте ещё раз.',
  skip: 'Нет, спасибо',
  tooLarge: 'Размер {name} — {size}. Можно отправить не больше {limit}.',
  emptyFile: 'Файл {name} пуст и не прикреплён.',
  retry: 'Повторить',
  uploadFailed: 'Файл {name} не загружен.',
  uploading: 'Загружается {name}',
  remove: 'Убрать {name}',
  download: 'Скачать {name}',
  hide: 'Закрыть',
  view: 'Показать {name}',
  notLoaded: 'Не удалось получить файл. Попробуйте ещё раз.',
} satisfies More
