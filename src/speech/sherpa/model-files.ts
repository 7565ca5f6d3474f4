import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How sherpa is told of the model in a folder, by the files of the archives that the sherpa-onnx project gives out; undefined: it is
 * none of these. Kokoro has `voices.bin`; Matcha a vocoder beside its model; VITS (Piper and others) a model and nothing else.
 */
export async function modelConfig(folder: string): Promise<object | undefined> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const path = (name: string): string => join(folder, name);
  const models = names.filter((name) => name.endsWith('.onnx')).sort();
  if (!names.includes('tokens.txt') || models.length === 0) return undefined;
  const lexicons = names.filter((name) => /^lexicon.*\.txt$/.test(name)).map(path);
  const rules = names.filter((name) => name.endsWith('.fst')).sort();
  const common = {
    tokens: path('tokens.txt'),
    ...(names.includes('espeak-ng-data') && { dataDir: path('espeak-ng-data') }),
    ...(lexicons.length > 0 && { lexicon: lexicons.join(',') }),
  };
  const model = (kind: object): object => ({
    model: { ...kind, numThreads: 1, provider: 'cpu' },
    // Each sentence is told as soon as it is made.
    maxNumSentences: 1,
    ...(rules.length > 0 && { ruleFsts: rules.map(path).join(',') }),
  });
  const vocoder = models.find((name) => /vocoder|hifigan|vocos/.test(name));
  // The smaller one of two is the same with whole numbers, and quicker.
  const own = models.filter((name) => name !== vocoder);
  const main = own.find((name) => name.includes('int8')) ?? own[0];
  if (main === undefined) return undefined;
  if (names.includes('voices.bin')) {
    return model({ kokoro: { model: path(main), voices: path('voices.bin'), ...common } });
  }
  if (vocoder !== undefined) {
    return model({ matcha: { acousticModel: path(main), vocoder: path(vocoder), ...common } });
  }
  return model({ vits: { model: path(main), ...common } });
}
