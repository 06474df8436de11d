// Moments in Spanish.

import { words } from './words';

export default words({
  skip: 'el|la|los|las|de|del|este|esta|y|que|para',
  ahead: 'en|dentro de|tras',
  at: 'a las|a la|hasta las|hasta la|a',
  next: 'proximo|proxima|siguiente|que viene',
  units: {
    minute: 'minuto|minutos|min',
    hour: 'hora|horas|h',
    day: 'dia|dias|d',
    week: 'semana|semanas|sem',
    month: 'mes|meses',
  },
  numbers: { 0.5: 'media|medio', 1: 'un|una|uno', 2: 'dos|un par de', 3: 'tres', 4: 'cuatro', 5: 'cinco', 6: 'seis', 7: 'siete', 8: 'ocho', 9: 'nueve', 10: 'diez', 12: 'doce' },
  days: { 0: 'hoy', 1: 'mañana', 2: 'pasado mañana|pasado' },
  weekdays: ['lunes|lun', 'martes', 'miercoles|mie', 'jueves|jue', 'viernes|vie', 'sabado|sab', 'domingo|dom'],
  months: ['enero|ene', 'febrero|feb', 'marzo|mar', 'abril|abr', 'mayo|may', 'junio|jun', 'julio|jul', 'agosto|ago', 'septiembre|setiembre|sep|sept', 'octubre|oct', 'noviembre|nov', 'diciembre|dic'],
  morning: 'por la mañana|de la mañana|a la mañana|am',
  noon: 'mediodia|al mediodia|a mediodia|del mediodia',
  afternoon: 'tarde|por la tarde|de la tarde|a la tarde|pm',
  evening: 'noche|por la noche|de la noche|a la noche',
  midnight: 'medianoche|a medianoche',
  tonight: 'esta noche',
  clockWithH: true,
});
