import assert from 'node:assert/strict';
import type { AcdState } from '../../src/acd/state.ts';
import type { Event } from '../../src/model/event.ts';

type Stay = 'waiting' | 'talking';
type OpenOffer = { readonly contactId: string; readonly agentId: string };

/**
 * A second set of books, kept from the events alone: where every contact is and which offers are open. It refuses events that
 * cannot follow on what was before (an item that leaves twice, a second answer), and compares itself with the state.
 */
export class Ledger {
  readonly #contacts = new Map<string, Stay>();
  readonly #ringing = new Map<string, OpenOffer>();
  readonly #talks = new Map<string, OpenOffer>();
  readonly #seen = new Set<string>();
  readonly #offerIds = new Set<string>();

  all(): readonly string[] {
    return [...this.#seen];
  }

  enter(event: Event): void {
    switch (event.kind) {
      case 'contact.queued':
        this.#seen.add(event.contactId);
        if (!this.#contacts.has(event.contactId)) this.#contacts.set(event.contactId, 'waiting');
        return;
      case 'contact.dequeued':
        return this.#dequeued(event.contactId, event.reason === 'answered');
      case 'offer.made':
        assert.equal(this.#contacts.get(event.contactId), 'waiting', `${event.contactId} is offered and does not wait`);
        assert.ok(!this.#offerIds.has(event.offerId), `offer id ${event.offerId} is used twice`);
        this.#offerIds.add(event.offerId);
        this.#ringing.set(event.offerId, event);
        return;
      case 'offer.expired':
      case 'offer.withdrawn':
        assert.ok(this.#ringing.delete(event.offerId), `offer ${event.offerId} ended and was not open`);
        return;
      case 'contact.connected':
        return this.#connected(event);
      case 'contact.requeued':
        assert.ok(this.#talks.delete(event.offerId), `${event.contactId} was not joined by ${event.offerId}`);
        this.#contacts.set(event.contactId, 'waiting');
        return;
      case 'contact.handled':
        assert.ok(this.#talks.delete(event.offerId), `${event.contactId} is handled twice`);
        assert.ok(event.talkMs >= 0);
        this.#contacts.delete(event.contactId);
        return;
      default:
        return;
    }
  }

  #dequeued(contactId: string, answered: boolean): void {
    const stay = this.#contacts.get(contactId);
    if (answered) {
      assert.equal(stay, 'talking', `${contactId} left as answered and was not answered`);
      return;
    }
    assert.equal(stay, 'waiting', `${contactId} left the queue and was not in it`);
    this.#contacts.delete(contactId);
  }

  /** At most one answer in a stay, and every other phone is let go before the two are joined. */
  #connected(event: Extract<Event, { kind: 'contact.connected' }>): void {
    assert.equal(this.#contacts.get(event.contactId), 'waiting', `${event.contactId} is joined twice`);
    const open = [...this.#ringing].filter(([, { contactId }]) => contactId === event.contactId);
    assert.deepEqual(
      open.map(([offerId]) => offerId),
      [event.offerId],
      'other phones ring when the two are joined',
    );
    this.#ringing.delete(event.offerId);
    this.#talks.set(event.offerId, event);
    this.#contacts.set(event.contactId, 'talking');
  }

  /** No item is lost or doubled, no offer hangs in the air, and agents have in hand exactly what is in these books. */
  agreesWith(state: AcdState): void {
    const stages = [...state.items.values()].map(({ contactId, stage }) => [
      contactId,
      stage === 'talking' ? stage : 'waiting',
    ]);
    assert.deepEqual(Object.fromEntries(stages), Object.fromEntries(this.#contacts), 'items');
    const offers = new Map([...this.#ringing, ...this.#talks]);
    assert.deepEqual([...state.offers.keys()].sort(), [...offers.keys()].sort(), 'offers');
    for (const item of state.items.values()) {
      const own = [...offers].filter(([, { contactId }]) => contactId === item.contactId).map(([id]) => id);
      assert.deepEqual([...item.offers].sort(), own.sort(), `offers of ${item.contactId}`);
      assert.equal(item.stage === 'waiting', own.length === 0, `${item.contactId} is ${item.stage}`);
    }
    const inHand = [...state.agents.values()].flatMap(({ id, work }) =>
      work.filter(({ stage }) => stage !== 'wrap_up').map(({ offerId, stage }) => `${id} ${offerId} ${stage}`),
    );
    const expected = [
      ...[...this.#ringing].map(([id, { agentId }]) => `${agentId} ${id} ringing`),
      ...[...this.#talks].map(([id, { agentId }]) => `${agentId} ${id} talking`),
    ];
    assert.deepEqual(inHand.sort(), expected.sort(), 'what agents have in hand');
  }
}
