import assert from 'node:assert/strict';
import { planOf, type SpeechSegment } from '../../../src/speech/text/plan.ts';

/** The segments of a text that has to be fine. */
export function segments(text: string, language: string): readonly SpeechSegment[] {
  const plan = planOf(text, language);
  assert.ok(plan.ok, JSON.stringify(plan));
  return plan.value.segments;
}

/** The words of a text that is one segment, spoken in the usual way. */
export function words(text: string, language: string): string {
  const [only, ...more] = segments(text, language);
  assert.ok(only && 'words' in only && more.length === 0, JSON.stringify([only, ...more]));
  return only.words;
}

export function sayAs(interpretAs: string, text: string, language: string, format = ''): string {
  return words(`<speak><say-as interpret-as="${interpretAs}" format="${format}">${text}</say-as></speak>`, language);
}

/** The failure's code of a text that cannot be spoken. */
export function refused(text: string, language = 'en'): string {
  const plan = planOf(text, language);
  assert.ok(!plan.ok, JSON.stringify(plan));
  return plan.failure.code;
}
