/** What the journal says to the program's log: marked fields and a fixed sentence. */
export type JournalLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
