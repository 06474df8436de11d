import type { More } from '../more'

export default {
  emailWhy: 'Respondemos aqui, neste chat. Pode deixar-se um endereço de e-mail se a equipa também puder escrever para lá.',
  email: 'Endereço de e-mail',
  emailSave: 'Guardar',
  emailSaved: 'Guardado: {email}',
  emailBad: 'Não parece um endereço de e-mail. Exemplo: nome@example.com',
  emailFailed: 'Não guardado. Tentar de novo.',
  skip: 'Não, obrigado',
  tooLarge: '{name} tem {size}. Podem enviar-se no máximo {limit}.',
  emptyFile: '{name} está vazio e não foi anexado.',
  retry: 'Tentar de novo',
  uploadFailed: '{name} não foi carregado.',
  uploading: 'A carregar {name}',
  remove: 'Remover {name}',
  download: 'Descarregar {name}',
  hide: 'Fechar',
  view: 'Mostrar {name}',
  notLoaded: 'Não foi possível obter o ficheiro. Tentar de novo.',
} satisfies More
