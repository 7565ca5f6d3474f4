/** The bounds of the door to the chat. Times in ms. */
export type ChatLimits = {
  readonly connections: number;
  readonly connectionsOfAddress: number;
  readonly connectionsOfContact: number;
  /** New chats that one address may begin in `newChatsMs`. */
  readonly newChats: number;
  readonly newChatsMs: number;
  /** Lines that a customer may send in `messagesMs`. */
  readonly messages: number;
  readonly messagesMs: number;
  /** Messages of any kind that may come over one connection in `messagesMs`. */
  readonly frames: number;
  /** Within this time the first message must come. */
  readonly handshakeMs: number;
  /** How often a connection is asked whether it is still there. */
  readonly pingMs: number;
  /** A customer who is not connected for this long has left. */
  readonly awayMs: number;
  /** How often is looked for who is away, and for places in queues that changed. */
  readonly lookMs: number;
  readonly frameBytes: number;
  /** Bytes that may wait to be sent over one connection. */
  readonly unsentBytes: number;
};

export const CHAT_LIMITS: ChatLimits = {
  connections: 10_000,
  connectionsOfAddress: 50,
  connectionsOfContact: 4,
  newChats: 20,
  newChatsMs: 60_000,
  messages: 20,
  messagesMs: 10_000,
  frames: 200,
  handshakeMs: 10_000,
  pingMs: 30_000,
  awayMs: 300_000,
  lookMs: 2_000,
  frameBytes: 32_768,
  unsentBytes: 4_194_304,
};

/** Fields that a customer's program may give about the customer, and their longest text. */
export const GIVEN_MAX = 20;
export const GIVEN_CHARACTERS_MAX = 200;
export const NAME_CHARACTERS_MAX = 100;
/** Addresses whose new chats are counted; the oldest is forgotten for a new one. */
export const ADDRESSES_MAX = 10_000;
/** The agent need not be told of typing more often. */
export const TYPING_EVERY_MS = 2_000;
