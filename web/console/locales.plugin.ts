// Splits each catalogue: what the first screens say, and what only parts say that are loaded later. The sections named here must
// not be used by what is loaded first; tests/words.test.ts holds that.

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

export const LATER = [
  'settings', 'macros', 'canned', 'places', 'channels', 'condition', 'timeline', 'people', 'attributes', 'merging', 'companies', 'facts', 'merges', 'sla', 'search', 'reasons', 'saved',
  'audit', 'automation', 'imports', 'edits', 'participants', 'scheduled',
];
/** What the first screens say of them all the same. */
export const FIRST = [
  'settings.profile', 'channels.kind', 'canned.missing_read', 'canned.variable', 'edits.edited', 'edits.redacted', 'merges.from_case', 'merges.from_other', 'merges.link',
  'merges.merge', 'participants.follow', 'participants.followed', 'participants.transfer', 'participants.unfollow', 'participants.unfollowed', 'people.availability', 'people.current_password', 'people.customer', 'people.email', 'people.factor', 'people.forgotten',
  'people.language', 'people.link', 'people.new_password', 'people.now', 'people.online', 'people.password', 'people.password_hint',
  'people.sign_in', 'people.sign_out', 'people.team', 'people.teams', 'people.visitor', 'people.you', 'people.your_name', 'reasons.filter',
  'reasons.gone', 'reasons.one', 'reasons.set', 'reasons.taken_away', 'reasons.title', 'reasons.which', 'saved.edit_named', 'saved.filter',
  'saved.filtered', 'saved.new', 'saved.one', 'saved.title', 'scheduled.later', 'search.find', 'search.find_or_do', 'sla.kind', 'sla.overdue',
];

type Words = Record<string, Record<string, unknown>>;

/** One half of a catalogue. */
export function halfOf(words: Words, half: 'first' | 'later'): Words {
  const isFirst = (section: string, key: string) => !LATER.includes(section) || FIRST.includes(`${section}.${key}`);
  const sections = Object.entries(words).map(([section, texts]) => [section, Object.fromEntries(Object.entries(texts).filter(([key]) => isFirst(section, key) === (half === 'first')))] as const);
  return Object.fromEntries(sections.filter(([, texts]) => Object.keys(texts).length > 0));
}

export const splitWords = (): Plugin => ({
  name: 'split-words',
  enforce: 'pre',
  load(id) {
    const found = /^(.*[\\/]locales[\\/]\w+\.json)\?(first|later)$/.exec(id);
    if (!found) return null;
    this.addWatchFile(found[1]!);
    const some = halfOf(JSON.parse(readFileSync(found[1]!, 'utf8')) as Words, found[2] as 'first' | 'later');
    return { code: `export default ${JSON.stringify(some)}`, moduleType: 'js', map: null };
  },
});
