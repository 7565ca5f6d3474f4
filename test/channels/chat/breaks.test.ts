import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Customer } from './customer.ts';
import { House } from './house.ts';

// Whatever breaks, and however often a line is sent again, both sides see each line once, in one order.

type Act = 'customer writes' | 'customer sends again' | 'agent writes' | 'connection breaks' | 'door restarts';

const anyActs = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Act>('customer writes') },
    { weight: 2, arbitrary: fc.constant<Act>('customer sends again') },
    { weight: 4, arbitrary: fc.constant<Act>('agent writes') },
    { weight: 3, arbitrary: fc.constant<Act>('connection breaks') },
    { weight: 1, arbitrary: fc.constant<Act>('door restarts') },
  ),
  { minLength: 5, maxLength: 25 },
);

test('through breaks, repeats and restarts both sides see each line once and in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(anyActs, async (acts) => {
      const house = await House.open();
      try {
        const customer = await Customer.begin(house.url);
        const written = await live(house, customer, acts);
        const lines = house.transcripts.get(house.contactId)!.lines;
        await customer.lines(lines.length);
        assert.deepEqual(
          customer.of('message').map(({ seq, text }) => [seq, text]),
          lines.map(({ seq, text }) => [seq, text]),
        );
        assert.deepEqual(house.received(), written);
        assert.deepEqual(
          lines.map(({ seq }) => seq),
          lines.map((_, place) => place + 1),
        );
      } finally {
        await house.close();
      }
    }),
    { numRuns: 15 },
  );
});

/** Returns the lines that the customer wrote, in order. */
async function live(house: House, customer: Customer, acts: readonly Act[]): Promise<string[]> {
  const written: string[] = [];
  let connected = true;
  for (const [place, act] of acts.entries()) {
    // No line is written faster than the door allows.
    house.nowMs += 1_000;
    if (!connected && act !== 'agent writes') {
      await customer.resume(house.url);
      connected = true;
    }
    switch (act) {
      case 'customer writes':
        written.push(`customer ${place}`);
        customer.write(`customer ${place}`);
        break;
      case 'customer sends again':
        for (const message of customer.unsent.values()) customer.send(message);
        break;
      case 'agent writes':
        house.write(`agent ${place}`);
        break;
      case 'connection breaks':
        customer.break();
        connected = false;
        break;
      case 'door restarts':
        customer.break();
        connected = false;
        await house.close();
        await house.start();
        break;
    }
  }
  if (!connected) await customer.resume(house.url);
  await customer.until('all receipts', () => customer.unsent.size === 0);
  return written;
}
