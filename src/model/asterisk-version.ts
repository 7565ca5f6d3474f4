/** 22.10.1 is the first release in which ARI keeps read-only users and live_dangerously (GHSA-wcvv-g26m-wx5c, GHSA-vrfp-mg3q-3959). */
export const ASTERISK_NEEDED = '22.10.1';

/** Reads `asterisk -V`: `Asterisk 22.10.1~dfsg+...`, `Asterisk certified-22.8-cert3`. `undefined`: no version in it. */
export function parseAsteriskVersion(text: string): string | undefined {
  return /^Asterisk\s+(?:certified[/-])?(\d+(?:\.\d+){0,3}(?:-(?:rc|cert|beta|alpha|pre)\d+)?)/m.exec(text)?.[1];
}

/** Negative when `a` is older than `b`. A release candidate is older than its release. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('-'));
  const left = (x?.[0] ?? '').split('.').map(Number);
  const right = (y?.[0] ?? '').split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  const candidate = (version: string): number => (/-(rc|beta|alpha|pre)/.test(version) ? 1 : 0);
  return candidate(b) - candidate(a);
}
