/** A question to the lists that was not answered; the reason is fit for a log, it holds no number. */
export class ListFault extends Error {
  readonly code = 'list.unavailable';

  constructor(reason: string) {
    super(`The lists cannot be read now (${reason}).`);
  }
}
