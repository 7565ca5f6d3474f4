import { dialledNumber } from '../../model/call/dialled-number.ts';
import type { ListRow } from '../../model/call/list.ts';
import { timeZoneNamed } from '../../model/time-zone.ts';
import type { RowProblem, WrittenRow } from './lists.ts';

/** Columns that mean something; every other one is an attribute. */
const KNOWN_COLUMNS = ['number', 'name', 'time_zone', 'priority'] as const;
const ATTRIBUTES_MAX = 50;
const FIELD_CHARACTERS_MAX = 1000;
const PRIORITY_MAX = 1000;

/** A row of a list as it was written, checked; or what is wrong with it. */
export function listRow({ line, fields }: WrittenRow, country: string): ListRow | RowProblem {
  const { number = '', name = '', time_zone: timeZone = '', priority = '' } = fields;
  const dialled = dialledNumber(number, country);
  if (dialled === undefined) return { line, code: 'number_invalid', message: 'This is no telephone number.' };
  if (timeZone !== '' && !timeZoneNamed(timeZone)) {
    return { line, code: 'zone_unknown', message: 'The time zone is no IANA name, such as Europe/Berlin.' };
  }
  if (!/^([+-]?\d{1,4})?$/.test(priority.trim()) || Math.abs(Number(priority)) > PRIORITY_MAX) {
    return { line, code: 'priority_invalid', message: 'The priority is a whole number from -1000 to 1000.' };
  }
  const others = Object.entries(fields).filter(([column]) => !KNOWN_COLUMNS.some((known) => known === column));
  const attributes = others.filter(([, value]) => value !== '');
  if (attributes.length > ATTRIBUTES_MAX || Object.values(fields).some(({ length }) => length > FIELD_CHARACTERS_MAX)) {
    const message = `A row has at most ${ATTRIBUTES_MAX} attributes, and a field ${FIELD_CHARACTERS_MAX} characters.`;
    return { line, code: 'too_long', message };
  }
  return {
    number: dialled,
    name: name === '' ? null : name,
    timeZone: timeZone === '' ? null : timeZone,
    priority: Number(priority),
    attributes: Object.fromEntries(attributes),
  };
}
