import { type Logger, pino } from 'pino';

/** Fields that may hold private data or secrets, wherever they stand; the sentence itself never holds any. */
const PRIVATE = [
  'password',
  'apiKey',
  'authorization',
  'from',
  'to',
  'number',
  'digit',
  'digits',
  'text',
  'say',
  'url',
];

export type Log = Logger;

/** The log: one JSON object a line on standard output, for people by way of any log viewer. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PRIVATE.flatMap((name) => [name, `*.${name}`]), censor: '[private]' },
  });
}
