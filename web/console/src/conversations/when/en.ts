// Moments in English.

import { words } from './words';

export default words({
  skip: 'on|the|of|this|from now|and|of the|in the|a.m.',
  ahead: 'in|after|within',
  at: 'at|@|by|until|till',
  next: 'next|following',
  units: {
    minute: 'minute|minutes|min|mins|m',
    hour: 'hour|hours|hr|hrs|h',
    day: 'day|days|d',
    week: 'week|weeks|wk|wks|w',
    month: 'month|months',
  },
  numbers: { 0.5: 'half|half a|half an', 1: 'one|a|an', 2: 'two|a couple of', 3: 'three', 4: 'four', 5: 'five', 6: 'six', 7: 'seven', 8: 'eight', 9: 'nine', 10: 'ten', 12: 'twelve' },
  days: { 0: 'today', 1: 'tomorrow|tmr|tmrw|tomorow', 2: 'day after tomorrow|the day after tomorrow' },
  weekdays: ['monday|mon', 'tuesday|tue|tues', 'wednesday|wed', 'thursday|thu|thur|thurs', 'friday|fri', 'saturday|sat', 'sunday|sun'],
  months: ['january|jan', 'february|feb', 'march|mar', 'april|apr', 'may', 'june|jun', 'july|jul', 'august|aug', 'september|sep|sept', 'october|oct', 'november|nov', 'december|dec'],
  morning: 'morning|in the morning|am',
  noon: 'noon|midday',
  afternoon: 'afternoon|in the afternoon',
  evening: 'evening|in the evening|night|at night|pm',
  midnight: 'midnight',
  tonight: 'tonight|this evening',
});
