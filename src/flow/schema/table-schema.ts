import { TABLE_ROWS_MAX } from '../table-file.ts';
import { draft07 } from './draft-07.ts';

const CELL = { type: ['string', 'number', 'boolean', 'null'] };

/** The JSON Schema of a table: rows by key, each one value, or a map of columns and their values. */
export const tableSchema = () =>
  draft07('A table of Strowger', () => ({
    description: 'Rows by key, for lookup steps: each is one value, or a map of columns and their values.',
    type: 'object',
    additionalProperties: { anyOf: [CELL, { type: 'object', additionalProperties: CELL }] },
    minProperties: 1,
    maxProperties: TABLE_ROWS_MAX,
  }));
