// Moments in Portuguese.

import { words } from './words';

export default words({
  skip: 'o|os|as|de|do|da|dia|este|esta|e|que|na|no|feira',
  ahead: 'em|daqui a|dentro de|apos',
  at: 'às|à|a|ao|pelas|até às|ate as',
  next: 'próximo|próxima|seguinte|que vem',
  units: {
    minute: 'minuto|minutos|min',
    hour: 'hora|horas|h',
    day: 'dias|um dia|d',
    week: 'semana|semanas|sem',
    month: 'mês|meses',
  },
  numbers: { 0.5: 'meia|meio', 1: 'um|uma', 2: 'dois|duas', 3: 'três', 4: 'quatro', 5: 'cinco', 6: 'seis', 7: 'sete', 8: 'oito', 9: 'nove', 10: 'dez', 12: 'doze' },
  days: { 0: 'hoje', 1: 'amanhã', 2: 'depois de amanhã' },
  weekdays: [
    'segunda|segunda-feira|segunda feira|seg', 'terça|terça-feira|terça feira|ter', 'quarta|quarta-feira|quarta feira|qua', 'quinta|quinta-feira|quinta feira|qui',
    'sexta|sexta-feira|sexta feira|sex', 'sábado|sab', 'domingo|dom',
  ],
  months: ['janeiro|jan', 'fevereiro|fev', 'março|mar', 'abril|abr', 'maio|mai', 'junho|jun', 'julho|jul', 'agosto|ago', 'setembro|set', 'outubro|out', 'novembro|nov', 'dezembro|dez'],
  morning: 'manhã|de manhã|da manhã|pela manhã|am',
  noon: 'meio-dia|meio dia|ao meio-dia|ao meio dia',
  afternoon: 'tarde|à tarde|da tarde|de tarde|pm',
  evening: 'noite|à noite|da noite|de noite',
  midnight: 'meia-noite|meia noite|à meia-noite',
  tonight: 'esta noite|hoje à noite',
  clockWithH: true,
});
