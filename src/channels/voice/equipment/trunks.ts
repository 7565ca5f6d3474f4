import { secretOfTrunk, type Trunk, type TrunkStatus } from '../../../model/call/trunk.ts';
import type { TrunkId } from '../../../model/ids.ts';
import type { Site } from '../../../model/site.ts';
import type { AriClient } from '../ari/client.ts';
import { AriError } from '../ari/error.ts';
import { type RegistrationStates, registrationKey } from './registration-states.ts';
import { keepRegistrations } from './registrations.ts';
import type { ObjectType, SipObject, SipObjects } from './sip-objects.ts';
import { clientUri, registrationObject, serverUri, trunkName, trunkObjects } from './trunk-objects.ts';

/**
 * What is taken back of a trunk, the last first, because the earlier ones are named by it. Its password stays until Asterisk
 * is restarted: to take a registration back needs it, and Asterisk does that later.
 */
const TYPES: readonly ObjectType[] = ['identify', 'endpoint', 'aor'];

export type TrunksOptions = {
  readonly ari: AriClient;
  readonly objects: SipObjects;
  /** A secret by its name; undefined: there is none. */
  readonly secret: (name: string) => string | undefined;
  readonly registrations: () => Promise<RegistrationStates>;
  /** Told of a trunk that cannot be used. */
  readonly onTrouble: (trunkId: TrunkId, reason: NonNullable<TrunkStatus['reason']>) => void;
};

/** The trunks of the site as this door made them known to Asterisk. */
export class Trunks {
  readonly #options: TrunksOptions;
  #known: readonly Trunk[] = [];
  #unusable = new Map<TrunkId, NonNullable<TrunkStatus['reason']>>();
  /** How often a registration of each trunk was another one than before. */
  readonly #times = new Map<TrunkId, number>();
  readonly #said = new Map<TrunkId, string>();

  constructor(options: TrunksOptions) {
    this.#options = options;
  }

  /**
   * Makes the trunks of the site known, and Asterisk forget those that it has no more. Harmless when repeated. A trunk that
   * cannot be used keeps no other from being used; `statuses` tells of it.
   */
  async equip({ trunks }: Pick<Site, 'trunks'>): Promise<void> {
    const { ari, objects, secret } = this.#options;
    const wanted = Object.values(trunks);
    const left = this.#known.filter(({ id }) => !Object.hasOwn(trunks, id));
    this.#known = wanted;
    this.#unusable = new Map();
    const tls = wanted.some(({ transport }) => transport === 'tls') && (await hasTls(ari));
    const registrations: SipObject[] = [];
    for (const trunk of wanted) {
      const password = secret(secretOfTrunk(trunk.id));
      if (trunk.transport === 'tls' && !tls) await this.#leaveOut(trunk.id, 'tls_off');
      else if (trunk.username !== null && password === undefined) await this.#leaveOut(trunk.id, 'password_missing');
      else if (!(await this.#push(trunk, password))) await this.#leaveOut(trunk.id, 'refused');
      else if (trunk.register) registrations.push(this.#registration(trunk, password ?? ''));
    }
    await keepRegistrations(ari, objects, registrations);
    for (const { id } of left) await this.#drop(id);
  }

  /** How each trunk is at this moment. Rejects with AriError when Asterisk does not answer. */
  async statuses(): Promise<TrunkStatus[]> {
    if (this.#known.length === 0) return [];
    const { ari, registrations } = this.#options;
    const [endpoints, registered] = await Promise.all([
      ari.request('endpoints.listByTech', { tech: 'PJSIP' }),
      registrations(),
    ]);
    const online = new Set(endpoints.filter(({ state }) => state === 'online').map(({ resource }) => resource));
    return this.#known.map((trunk) => {
      const reason = this.#unusable.get(trunk.id);
      if (reason !== undefined) return { id: trunk.id, state: 'unusable', reason };
      return { id: trunk.id, state: stateOf(trunk, online.has(trunkName(trunk.id)), registered) };
    });
  }

  /** Half a trunk would carry some calls and lose others. */
  async #leaveOut(id: TrunkId, reason: NonNullable<TrunkStatus['reason']>): Promise<void> {
    this.#unusable.set(id, reason);
    this.#options.onTrouble(id, reason);
    await this.#drop(id);
  }

  async #push(trunk: Trunk, password: string | undefined): Promise<boolean> {
    try {
      for (const object of trunkObjects(trunk, password)) await this.#options.objects.push(object);
      return true;
    } catch (error) {
      // Lost connections are the door's concern; what Asterisk says no to is this trunk's.
      if (!(error instanceof AriError) || error.status === 0) throw error;
      return false;
    }
  }

  #registration(trunk: Trunk, password: string): SipObject {
    const times = this.#times.get(trunk.id) ?? 0;
    const object = registrationObject(trunk, password, times);
    const before = this.#said.get(trunk.id);
    if (before === undefined || before === object.id) {
      this.#said.set(trunk.id, object.id);
      return object;
    }
    // What it says is new, or was said before and taken back: never again under a name that was deleted.
    this.#times.set(trunk.id, times + 1);
    const renamed = registrationObject(trunk, password, times + 1);
    this.#said.set(trunk.id, renamed.id);
    return renamed;
  }

  async #drop(id: TrunkId): Promise<void> {
    for (const type of TYPES) await this.#options.objects.drop(type, trunkName(id));
    this.#said.delete(id);
    this.#times.set(id, (this.#times.get(id) ?? 0) + 1);
  }
}

function stateOf(trunk: Trunk, online: boolean, registered: RegistrationStates): TrunkStatus['state'] {
  if (!trunk.register || !registered) return online ? 'up' : 'unreachable';
  switch (registered.get(registrationKey(clientUri(trunk), serverUri(trunk)))) {
    case 'registered':
      // Some networks answer no OPTIONS; who takes our registration is there.
      return 'up';
    case 'rejected':
      return 'rejected';
    case 'unregistered':
      return 'unreachable';
    default:
      return 'waiting';
  }
}

async function hasTls(ari: AriClient): Promise<boolean> {
  const tls = { configClass: 'res_pjsip', objectType: 'transport', id: 'tls' };
  return ari.request('asterisk.getObject', tls).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AriError && error.code === 'ari.not_found') return false;
      throw error;
    },
  );
}
