import type { Family } from './picture.ts';

/** Colours of a family: dark text on light ground, at least 7:1 (WCAG 2.2, AAA); shapes tell the families apart as well. */
export type Colours = { readonly fill: string; readonly line: string; readonly text: string };

export const COLOURS: Readonly<Record<Family, Colours>> = {
  entry: { fill: '#ffffff', line: '#5b6472', text: '#333b47' },
  talk: { fill: '#e7f0fb', line: '#4a7ebb', text: '#14304f' },
  ask: { fill: '#fff3d6', line: '#c58b12', text: '#4a3200' },
  decide: { fill: '#f0e9fa', line: '#8058b5', text: '#37205c' },
  data: { fill: '#eceff1', line: '#78858f', text: '#27313a' },
  queue: { fill: '#d9f2e0', line: '#2e8b57', text: '#0d3b22' },
  media: { fill: '#dff3f5', line: '#2b8a94', text: '#0c3a3f' },
  flow: { fill: '#ffffff', line: '#14304f', text: '#14304f' },
  end: { fill: '#fbe4e2', line: '#b8463b', text: '#571a14' },
};

export const ERROR_LINE = '#b8463b';
export const USUAL_LINE = '#5b6472';
