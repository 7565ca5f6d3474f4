/**
 * The address with the generated password, when it names a user without one. An address with a password of its own
 * (an outside server), or without a user, stays as it is.
 */
export function withPassword(address: string, password: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username === '' || url.password !== '') return address;
  url.password = password;
  return url.href;
}
