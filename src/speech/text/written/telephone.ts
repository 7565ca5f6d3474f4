/** Groups of figures of a telephone number, and whether a plus is before them. */
export type WrittenTelephone = { readonly plus: boolean; readonly groups: readonly string[] };

/** A group that somebody wrote is kept up to this length; a longer one is heard in smaller ones. */
const GROUP_MAX = 5;

/** Takes a telephone number apart into groups: those that are written, or some that can be followed by ear. */
export function telephoneGroups(text: string): WrittenTelephone {
  const plus = /^\s*\+/.test(text);
  const groups = text.split(/[^\d*#]+/).filter((one) => one !== '');
  return { plus, groups: groups.flatMap((group) => (group.length > GROUP_MAX ? inGroups(group) : [group])) };
}

/** Ten figures as in North America, eleven as mobile numbers in China; others by three, the last two to four. */
function inGroups(figures: string): string[] {
  if (figures.length === 11 && /^1[3-9]/.test(figures)) return cut(figures, [3, 4, 4]);
  if (figures.length === 11 && figures.startsWith('1')) return cut(figures, [1, 3, 3, 4]);
  if (figures.length === 10) return cut(figures, [3, 3, 4]);
  if (figures.length === 8) return cut(figures, [4, 4]);
  const threes = Math.floor(figures.length / 3);
  const rest = figures.length % 3;
  const lengths = Array.from({ length: threes }, () => 3);
  if (rest === 1) lengths[threes - 1] = 4;
  if (rest === 2) lengths.push(2);
  return cut(figures, lengths);
}

function cut(figures: string, lengths: readonly number[]): string[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return figures.slice(at - length, at);
  });
}
