/** Who may register with an Asterisk of the tests. */
export type SipAccount = { readonly id: string; readonly password: string; readonly context: string };

/** Its sections of pjsip.conf. `more`: further lines of the endpoint. */
export function sipAccount({ id, password, context }: SipAccount, more: readonly string[]): string {
  return `
[${id}]
type = auth
auth_type = digest
username = ${id}
password = ${password}

[${id}]
type = aor
max_contacts = 1
remove_existing = yes

[${id}]
type = endpoint
context = ${context}
auth = ${id}
aors = ${id}
disallow = all
direct_media = no
${more.join('\n')}
`;
}
