import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../model/failure.ts';
import { recognitionFailed } from '../recognition-failure.ts';

/** The files of a streaming model, as the configuration of sherpa-onnx has them (OnlineModelConfig). */
export type ModelFiles = { readonly tokens: string } & (
  | { readonly transducer: { readonly encoder: string; readonly decoder: string; readonly joiner: string } }
  | { readonly paraformer: { readonly encoder: string; readonly decoder: string } }
  | { readonly zipformer2Ctc: { readonly model: string } }
);

/**
 * Finds them by the names that the models of sherpa-onnx have: `tokens.txt` with `encoder*.onnx`, `decoder*.onnx` and
 * `joiner*.onnx` (a transducer), without the joiner (a paraformer), or with one other `*.onnx` (CTC). Of a part that is
 * there in 8 bits (`*.int8.onnx`), too, that is taken: it needs half of the processor; but for the decoder of a transducer, which
 * is small and loses most by it. Failures: `recognition.engine_missing`.
 */
export function findModel(folder: string): Result<ModelFiles> {
  const names = listing(folder);
  if (names === null) return missing(folder, 'there is no such folder');
  if (!names.includes('tokens.txt')) return missing(folder, 'there is no tokens.txt in it');
  const models = names.filter((name) => name.endsWith('.onnx'));
  const part = (prefix: string, small: boolean): string | undefined => {
    const found = models.filter((name) => name.startsWith(prefix)).sort();
    const name = found.find((one) => one.endsWith('.int8.onnx') === small) ?? found[0];
    return name === undefined ? undefined : join(folder, name);
  };
  const tokens = join(folder, 'tokens.txt');
  const encoder = part('encoder', true);
  const joiner = part('joiner', true);
  const decoder = part('decoder', joiner === undefined);
  if (encoder !== undefined && decoder !== undefined) {
    return ok(
      joiner === undefined
        ? { tokens, paraformer: { encoder, decoder } }
        : { tokens, transducer: { encoder, decoder, joiner } },
    );
  }
  const model = part('', true);
  if (encoder !== undefined || decoder !== undefined || joiner !== undefined)
    return missing(folder, 'a part of the model is missing');
  return model === undefined ? missing(folder, 'there is no *.onnx in it') : ok({ tokens, zipformer2Ctc: { model } });
}

function listing(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

function missing(folder: string, reason: string) {
  return recognitionFailed('recognition.engine_missing', { folder, reason });
}
