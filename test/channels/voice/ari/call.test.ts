import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventSocketUrl, parseAriAddress } from '../../../../src/channels/voice/ari/address.ts';
import { encodeCall } from '../../../../src/channels/voice/ari/call.ts';

describe('an encoded ARI call', () => {
  it('has no slash in front, since Asterisk answers 405 over the socket when there is one', () => {
    assert.equal(encodeCall('asterisk.ping', {}).uri, 'asterisk/ping');
  });

  it('keeps every character of a value where it belongs', () => {
    const call = encodeCall('bridges.playWithId', { bridgeId: 'a/b?c', playbackId: 'é #', media: 'tone:dial&x=+%' });
    assert.equal(call.uri, 'bridges/a%2Fb%3Fc/play/%C3%A9%20%23?media=tone%3Adial%26x%3D%2B%25');
    assert.equal(call.body, undefined);
  });

  it('joins several values with commas and leaves out what is not given', () => {
    const call = encodeCall('bridges.addChannel', { bridgeId: 'b', channel: ['c1', 'c2'], mute: false });
    assert.equal(call.uri, 'bridges/b/addChannel?channel=c1%2Cc2&mute=false');
  });

  it('puts variables under their name and a filter as the whole body', () => {
    const variables = { 'PJSIP_HEADER(add,X-A)': 'q' };
    const originate = encodeCall('channels.originateWithId', { channelId: 'c', endpoint: 'PJSIP/1', variables });
    assert.equal(originate.uri, 'channels/c?endpoint=PJSIP%2F1');
    assert.equal(originate.body, JSON.stringify({ variables }));
    const filter = encodeCall('applications.filter', { applicationName: 'a', filter: { disallowed: [] } });
    assert.equal(filter.body, '{"disallowed":[]}');
  });
});

describe('an ARI address', () => {
  it('is taken apart into host, port, path and the header of its user', () => {
    const address = parseAriAddress('http://us%3Aer:p%40ss@[::1]:8088/ari/');
    const authorization = `Basic ${Buffer.from('us:er:p@ss').toString('base64')}`;
    assert.deepEqual(address, { secure: false, host: '::1', port: 8088, basePath: '/ari', authorization });
    assert.equal(eventSocketUrl(address, 'my app'), 'ws://[::1]:8088/ari/events?app=my%20app');
  });

  it('is secure with https, on its own port', () => {
    const address = parseAriAddress('https://u:p@pbx.example/ari');
    assert.equal(eventSocketUrl(address, 'a'), 'wss://pbx.example:443/ari/events?app=a');
  });

  it('is refused without being repeated when it is no URL, since it may hold a password', () => {
    assert.throws(
      () => parseAriAddress('u:secret@host'),
      (error: Error) => !error.message.includes('secret'),
    );
    assert.throws(
      () => parseAriAddress('ftp://u:secret@host'),
      (error: Error) => !error.message.includes('secret'),
    );
  });
});
