import { after, before, test } from 'node:test';
import { checkChannel, checkGenerated, checkReplaced } from '../channels/voice/ari/against-asterisk.ts';
import { Exchange } from './exchange.ts';

// Our ARI client against the real Asterisk, without calls.

let exchange: Exchange;
before(async () => {
  exchange = await Exchange.start('flows');
});
after(() => exchange?.stop());

test('the generated operations and types are those of this Asterisk', () => checkGenerated(exchange.asterisk.ariUrl));
test('a channel is made, answered, given a variable and hung up', () => checkChannel(exchange.asterisk.ariUrl));
test('a client whose application name was taken stops and says so', () => checkReplaced(exchange.asterisk.ariUrl));
