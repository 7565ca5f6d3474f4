import { lookup as lookUpName } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { Reach } from './reach.ts';

export type Address = { readonly address: string; readonly family: number };
/** All addresses of a name, in the order in which they are to be tried; rejects when there are none. */
export type LookUp = (host: string) => Promise<readonly Address[]>;

/** The system's own, which knows /etc/hosts, too. */
export const systemLookUp: LookUp = (host) => lookUpName(host, { all: true, verbatim: true });

/** Code of the error with which a connection ends when none of a name's addresses may be reached. */
export const NOT_PERMITTED = 'ERR_ADDRESS_NOT_PERMITTED';

/**
 * The look-up that a connection makes for itself, with the addresses left out that may not be reached. So the address that was
 * checked is the one that is connected to; a name that is looked up twice may stand for two addresses (DNS rebinding).
 */
export function checkedLookup(lookUp: LookUp, reach: Reach, port: number): LookupFunction {
  return (host, options, done) => {
    const answer = (found: readonly Address[]): void => {
      const permitted = found.filter(({ address }) => reach.permits(host, port, address));
      const first = permitted[0];
      const code = found.length === 0 ? 'ENOTFOUND' : NOT_PERMITTED;
      if (!first) done(Object.assign(new Error('There is no address to connect to.'), { code }), '', 0);
      else if (options.all) done(null, [...permitted]);
      else done(null, first.address, first.family);
    };
    lookUp(host).then(answer, (error: NodeJS.ErrnoException) => done(error, '', 0));
  };
}
