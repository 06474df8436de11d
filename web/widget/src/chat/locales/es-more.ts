import type { More } from '../more'

export default {
  emailWhy: 'Respondemos aquí, en este chat. Se puede dejar una dirección de correo si el equipo también puede escribir allí.',
  email: 'Correo electrónico',
  emailSave: 'Guardar',
  emailSaved: 'Guardado: {email}',
  emailBad: 'No parece una dirección de correo. Ejemplo: nombre@example.com',
  emailFailed: 'No guardado. Intentar de nuevo.',
  skip: 'No, gracias',
  tooLarge: '{name} ocupa {size}. Se pueden enviar como máximo {limit}.',
  emptyFile: '{name} está vacío y no se ha adjuntado.',
  retry: 'Reintentar',
  uploadFailed: '{name} no se ha subido.',
  uploading: 'Subiendo {name}',
  remove: 'Quitar {name}',
  download: 'Descargar {name}',
  hide: 'Cerrar',
  view: 'Mostrar {name}',
  notLoaded: 'No se ha podido obtener el archivo. Intentar de nuevo.',
} satisfies More
