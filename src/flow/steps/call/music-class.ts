import { reference } from '../../shape/reference.ts';

/** Class of music: one of site.yaml, or `default`. */
export const MUSIC_CLASS = reference('music');
