// A stand-in with the interface of sherpa-onnx-node, for tests: no model can be had here. It hears levels (level-hearing.ts),
// and takes as its model a folder whose encoder says what is to go wrong.
const { readFileSync } = require('node:fs');

const WORDS = ['yes', 'no', 'sales', 'support', 'billing', 'one', 'two', 'three', 'four', 'five'];
const LEVEL = 1_500 / 32_768;
/** Sound is decoded in pieces of 10 ms, as features are. */
const PIECE = 80;

class OnlineStream {
  pending = [];
  words = [];
  level = 0;
  pieces = 0;
  finished = false;

  acceptWaveform({ samples, sampleRate }) {
    if (!(samples instanceof Float32Array) || sampleRate !== 8_000) throw new Error('not the sound of a call');
    if (this.finished) throw new Error('sound after the end');
    for (let at = 0; at < samples.length; at += PIECE) this.pending.push(samples.subarray(at, at + PIECE));
  }

  inputFinished() {
    this.finished = true;
  }
}

class OnlineRecognizer {
  constructor(config) {
    const { transducer, tokens } = config.modelConfig;
    readFileSync(tokens);
    this.trouble = readFileSync(transducer.encoder, 'utf8').trim();
    if (this.trouble === 'crash at the beginning') process.abort();
    if (this.trouble === 'hang at the beginning') for (;;);
    if (this.trouble === 'throw') throw new Error('Please check your config!');
  }

  createStream() {
    return new OnlineStream();
  }

  isReady(stream) {
    return stream.pending.length > 0;
  }

  decode(stream) {
    if (this.trouble === 'crash') process.abort();
    if (this.trouble === 'hang') for (;;);
    const level = Math.round(Math.abs(stream.pending.shift()[0]) / LEVEL);
    stream.pieces = level === stream.level ? stream.pieces + 1 : 1;
    stream.level = level;
    if (level > 0 && stream.pieces === 4 && WORDS[level - 1]) stream.words.push(WORDS[level - 1].toUpperCase());
  }

  isEndpoint(stream) {
    return stream.words.length > 0 && stream.level === 0 && stream.pieces >= 50;
  }

  reset(stream) {
    stream.words = [];
  }

  getResult({ words }) {
    return { text: words.join(' '), ys_probs: words.map(() => Math.log(0.75)) };
  }
}

module.exports = { OnlineRecognizer };
