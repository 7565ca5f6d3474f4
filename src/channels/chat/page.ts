import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where customers' programs connect. */
export const CHAT_SOCKET = '/chat/socket';

/** The page runs its own two files and talks to its own server; nothing else, whatever a line of a chat may hold. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
} as const;

const FILES = [
  { path: '/chat', file: 'chat.html', type: 'text/html; charset=utf-8' },
  { path: '/chat/chat.css', file: 'chat.css', type: 'text/css; charset=utf-8' },
  { path: '/chat/chat.js', file: 'chat.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** The page by which a customer chats in a browser, as it is served. */
export function chatPages(): { path: string; type: string; body: string; headers: Record<string, string> }[] {
  return FILES.map(({ path, file, type }) => {
    const body = readFileSync(fileURLToPath(new URL(`page/${file}`, import.meta.url)), 'utf8');
    return { path, type, body, headers: HEADERS };
  });
}
