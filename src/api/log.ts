/** What the API needs of a log; a pino logger fits. Fields first, then a fixed sentence. */
export type ApiLog = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
