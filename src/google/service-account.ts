/** What Google's libraries need of the JSON of a service account; there is more in it. */
export type ServiceAccount = { readonly client_email: string; readonly private_key: string };

/** Undefined: the secret is no such JSON. */
export function serviceAccount(secret: string): ServiceAccount | undefined {
  try {
    const parsed: unknown = JSON.parse(secret);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { client_email, private_key } = parsed as Partial<ServiceAccount>;
    return typeof client_email === 'string' && typeof private_key === 'string'
      ? { ...(parsed as ServiceAccount) }
      : undefined;
  } catch {
    return undefined;
  }
}
