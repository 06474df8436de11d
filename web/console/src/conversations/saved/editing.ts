// A condition as the editor shows it: rows, and groups of rows one level deep, each with all or any.

import type { Clause, Condition, ConversationField, Op } from '@/api/types';

export type Match = 'all' | 'any';
export interface Row {
  kind: 'row';
  field: string;
  op: Op;
  value: unknown;
}
export interface Group {
  kind: 'group';
  match: Match;
  rows: Row[];
}
export interface Editor {
  match: Match;
  rows: (Row | Group)[];
}

export const CLAUSES = 40;
const UNARY: Op[] = ['empty', 'not_empty'];
const MANY: Op[] = ['one_of', 'none_of', 'all_of'];
/** What the editor offers: "is" of one is "is one of" with one. */
const OFFERED: Record<string, Op[]> = {
  word: ['one_of', 'none_of', 'empty', 'not_empty'],
  id: ['one_of', 'none_of', 'empty', 'not_empty'],
  ids: ['one_of', 'none_of', 'empty', 'not_empty'],
  labels: ['one_of', 'all_of', 'none_of', 'empty', 'not_empty'],
  text: ['contains', 'contains_not', 'is', 'is_not', 'empty', 'not_empty'],
  number: ['at_least', 'at_most', 'is', 'is_not', 'empty', 'not_empty'],
  moment: ['longer_ago_than', 'within_last', 'within_next', 'before', 'after', 'empty', 'not_empty'],
  flag: ['is'],
};

export const isUnary = (op: Op) => UNARY.includes(op);
export const isSpan = (op: Op) => op === 'longer_ago_than' || op === 'within_last' || op === 'within_next';
export const opsOf = (field: ConversationField): Op[] => (OFFERED[field.holds] ?? []).filter((op) => field.ops.includes(op));
const isChosen = (field: ConversationField) => ['word', 'id', 'ids', 'labels'].includes(field.holds);

/** What a value begins as. */
export function freshValue(field: ConversationField, op: Op): unknown {
  if (isUnary(op)) return null;
  if (isChosen(field)) return [];
  if (isSpan(op)) return 60;
  if (field.holds === 'flag') return true;
  return field.holds === 'number' ? 1 : '';
}

export function freshRow(field: ConversationField): Row {
  const op = opsOf(field)[0]!;
  return { kind: 'row', field: field.field, op, value: freshValue(field, op) };
}

function rowOf(clause: Clause, fields: ConversationField[]): Row | null {
  const field = fields.find((one) => one.field === clause.field);
  if (!field) return null;
  const single = isChosen(field) && (clause.op === 'is' || clause.op === 'is_not');
  const op: Op = single ? (clause.op === 'is' ? 'one_of' : 'none_of') : clause.op;
  if (!opsOf(field).includes(op)) return null;
  return { kind: 'row', field: clause.field, op, value: single ? [clause.value] : (clause.value ?? null) };
}

const clauseOf = (row: Row): Clause => (isUnary(row.op) ? { field: row.field, op: row.op } : { field: row.field, op: row.op, value: row.value });

function partsOf(condition: Condition): [Match, Condition[]] | null {
  if ('all' in condition) return ['all', condition.all];
  if ('any' in condition) return ['any', condition.any];
  return null;
}

/** The editor's rows of a condition; null when it is built in a way the editor cannot show. */
export function toEditor(condition: Condition, fields: ConversationField[]): Editor | null {
  const [match, parts] = partsOf(condition) ?? ['all' as Match, [condition]];
  const rows: (Row | Group)[] = [];
  for (const part of parts) {
    if ('field' in part) {
      const row = rowOf(part, fields);
      if (!row) return null;
      rows.push(row);
      continue;
    }
    const inner = partsOf(part);
    if (!inner) return null;
    const within = inner[1].map((one) => ('field' in one ? rowOf(one, fields) : null));
    if (within.some((row) => row === null)) return null;
    rows.push({ kind: 'group', match: inner[0], rows: within as Row[] });
  }
  return { match, rows };
}

export function toCondition({ match, rows }: Editor): Condition {
  const parts = rows.map((row): Condition => {
    if (row.kind === 'row') return clauseOf(row);
    const inner = row.rows.map(clauseOf);
    return row.match === 'all' ? { all: inner } : { any: inner };
  });
  return match === 'all' ? { all: parts } : { any: parts };
}

const isFilled = (row: Row) => isUnary(row.op) || (MANY.includes(row.op) ? (row.value as unknown[]).length > 0 : row.value !== '' && row.value !== null);
const flat = ({ rows }: Editor): Row[] => rows.flatMap((row) => (row.kind === 'row' ? [row] : row.rows));

export const countOf = (editor: Editor) => flat(editor).length;
/** Whether every row says something, and there is one. */
export const isReady = (editor: Editor) => countOf(editor) > 0 && flat(editor).every(isFilled) && editor.rows.every((row) => row.kind === 'row' || row.rows.length > 0);
