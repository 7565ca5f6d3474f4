import type { PluginBuild } from 'esbuild';

export const ENTRIES: readonly string[];
export function bundled(entry: string): Promise<string | undefined>;
export function keepPlaces(build: PluginBuild): void;
