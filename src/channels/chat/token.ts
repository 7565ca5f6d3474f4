import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ContactId } from '../../model/ids.ts';

const ID_BYTES = 16;

/** Contact ids of chats: nobody can guess one, and none is taken twice. */
export function newContactId(): ContactId {
  return `chat-${randomBytes(ID_BYTES).toString('base64url')}`;
}

/**
 * The token by which a customer's program takes a chat up again: the contact's id with a signature over it (HMAC-SHA256,
 * RFC 2104). It is worked out anew whenever it is needed, so it outlives every restart that keeps the secret.
 */
export function tokenOf(contactId: ContactId, secret: string): string {
  return `${contactId}.${signature(contactId, secret).toString('base64url')}`;
}

/** The contact of a token; undefined when the token is not one of ours. */
export function contactOf(token: string, secret: string): ContactId | undefined {
  const at = token.lastIndexOf('.');
  const contactId = token.slice(0, Math.max(0, at));
  const given = Buffer.from(token.slice(at + 1), 'base64url');
  const wanted = signature(contactId, secret);
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? contactId : undefined;
}

function signature(contactId: ContactId, secret: string): Buffer {
  return createHmac('sha256', secret).update(`chat ${contactId}`).digest();
}
