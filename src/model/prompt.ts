/** One piece of what a caller hears. Text is spoken by a speech engine; a file is a recording under the flows folder. */
export type PromptPart =
  | { readonly say: string; readonly language: string }
  | { readonly file: string }
  | { readonly digits: string; readonly language: string }
  | { readonly silenceMs: number };
