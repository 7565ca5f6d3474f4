/** Bytes `from` up to and without `to` of something that has `bytes`. */
export type ByteRange = { readonly from: number; readonly to: number };

/**
 * What a Range header asks for (RFC 9110, 14.1.2): one range of bytes. `whole` when it is to be passed over: there is none, it is
 * not well-formed, or asks for several; `unsatisfiable` when it begins after the end.
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { from: bytes - length, to: bytes };
  }
  const from = Number(first);
  if (last !== '' && Number(last) < from) return 'whole';
  if (from >= bytes) return 'unsatisfiable';
  return { from, to: last === '' ? bytes : Math.min(Number(last) + 1, bytes) };
}
