import koffi from 'koffi';

/** A pointer that only the library looks into. */
export type Pointer = { readonly __pointer: true };

/** libpocketsphinx 5prealpha (Debian 12) as functions; loaded in the child process only, because it may end its process. */
export type Library = {
  readonly parseArguments: (previous: null, definitions: Pointer, file: string, strict: 0 | 1) => Pointer | null;
  readonly definitions: () => Pointer;
  readonly init: (config: Pointer) => Pointer | null;
  readonly addWord: (decoder: Pointer, word: string, phones: string, update: 0 | 1) => number;
  readonly setGrammar: (decoder: Pointer, name: string, jsgf: string) => number;
  readonly removeSearch: (decoder: Pointer, name: string) => number;
  readonly setSearch: (decoder: Pointer, name: string) => number;
  /** Forgets the noise of the sound before. */
  readonly startStream: (decoder: Pointer) => number;
  readonly start: (decoder: Pointer) => number;
  readonly process: (
    decoder: Pointer,
    samples: Int16Array,
    count: number,
    withoutSearch: 0 | 1,
    whole: 0 | 1,
  ) => number;
  readonly end: (decoder: Pointer) => number;
  readonly hypothesis: (decoder: Pointer, score: [number]) => string | null;
  readonly segments: (decoder: Pointer) => Pointer | null;
  readonly nextSegment: (segment: Pointer) => Pointer | null;
  readonly word: (segment: Pointer) => string | null;
  readonly frames: (segment: Pointer, from: [number], to: [number]) => void;
  readonly scores: (segment: Pointer, acoustic: [number], language: [number], back: [number]) => number;
};

/** Throws when the libraries are not there. */
export function loadLibrary(sphinx: string, base: string): Library {
  const common = koffi.load(base);
  const library = koffi.load(sphinx);
  // Its log would tell what callers said.
  common.func('int err_set_logfile(const char*)')('/dev/null');
  return {
    parseArguments: common.func('void* cmd_ln_parse_file_r(void*, void*, const char*, int)'),
    definitions: library.func('void* ps_args()'),
    init: library.func('void* ps_init(void*)'),
    addWord: library.func('int ps_add_word(void*, const char*, const char*, int)'),
    setGrammar: library.func('int ps_set_jsgf_string(void*, const char*, const char*)'),
    removeSearch: library.func('int ps_unset_search(void*, const char*)'),
    setSearch: library.func('int ps_set_search(void*, const char*)'),
    startStream: library.func('int ps_start_stream(void*)'),
    start: library.func('int ps_start_utt(void*)'),
    process: library.func('int ps_process_raw(void*, const int16_t*, size_t, int, int)'),
    end: library.func('int ps_end_utt(void*)'),
    hypothesis: library.func('const char* ps_get_hyp(void*, _Out_ int32_t*)'),
    segments: library.func('void* ps_seg_iter(void*)'),
    nextSegment: library.func('void* ps_seg_next(void*)'),
    word: library.func('const char* ps_seg_word(void*)'),
    frames: library.func('void ps_seg_frames(void*, _Out_ int*, _Out_ int*)'),
    scores: library.func('int ps_seg_prob(void*, _Out_ int*, _Out_ int*, _Out_ int*)'),
  };
}
