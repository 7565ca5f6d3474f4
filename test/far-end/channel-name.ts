/**
 * The id of a channel of ours. All have one length: Asterisk 22.10.1 refuses an id that another channel's id begins
 * with ("already in use"), so `ear-3` cannot be made while `ear-30` lives.
 */
export function channelName(kind: 'line' | 'ear', count: number): string {
  return `${kind}-${String(count).padStart(6, '0')}`;
}
