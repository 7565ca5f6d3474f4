/** What the door to the chat refuses, and why; docs/errors.md has a row for each. */
export const CHAT_ERRORS = {
  'chat.malformed': 'The message is not as the protocol says.',
  'chat.not_greeted': 'The first message must be hello or resume.',
  'chat.greeted_twice': 'A connection begins once.',
  'chat.token_wrong': 'The token is not one of ours.',
  'chat.over': 'The chat is over, and nothing of it is kept here any more.',
  'chat.choice_unknown': 'That cannot be chosen, or not any more.',
  'chat.slow_down': 'Too much came in too short a time.',
  'chat.too_slow': 'The connection takes too long to take what is sent to it.',
  'chat.timed_out': 'Neither hello nor resume came in time.',
  'chat.replaced': 'The chat was opened in too many other places.',
  'chat.refused': 'No new chat can be taken at the moment.',
  'chat.unavailable': 'The message could not be kept; send it again in a moment.',
  'chat.full': 'There are as many connections as are allowed.',
  'chat.address_full': 'There are as many connections from this address as are allowed.',
  'chat.origin_refused': 'Pages of this origin may not open a chat here.',
  'chat.stopping': 'The program is being restarted; resume in a moment.',
} as const;

export type ChatErrorCode = keyof typeof CHAT_ERRORS;
