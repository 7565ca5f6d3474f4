/**
 * What is said over a media socket beside the sound: chan_websocket's messages in JSON (transport data `f(json)`), see
 * https://docs.asterisk.org/Configuration/Channel-Drivers/WebSocket/. Asterisk 22.10.1 ends the call for a text of more
 * than 128 bytes (MAX_TEXT_MESSAGE_LEN), so what we say holds counters and no ids.
 */

export type MediaCommand =
  /** From now on sound comes in pieces of any size, which Asterisk cuts into frames and plays in the pace of time. */
  | 'START_MEDIA_BUFFERING'
  | 'STOP_MEDIA_BUFFERING'
  /** Throws away what was not played yet, marks as well. */
  | 'FLUSH_MEDIA';

export function mediaCommand(command: MediaCommand): string {
  return JSON.stringify({ command });
}

/** Asks to be told when everything sent so far was handed on. */
export function markCommand(mark: number): string {
  return JSON.stringify({ command: 'MARK_MEDIA', correlation_id: String(mark) });
}

/** The mark that has been passed; undefined for every other message, and for what is no message at all. */
export function readMark(text: string): number | undefined {
  const said = parse(text);
  if (said?.['event'] !== 'MEDIA_MARK_PROCESSED') return undefined;
  const mark = said['correlation_id'];
  return typeof mark === 'string' && /^\d{1,15}$/.test(mark) ? Number(mark) : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
