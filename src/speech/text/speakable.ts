/**
 * One line without control characters and without brackets, because flite and espeak-ng know markup in `<...>` and
 * espeak-ng takes `[[...]]` for phonemes. What stood between the brackets is read as words. Undefined when it has neither
 * letter nor digit. Between Chinese characters there are no blanks, which some engines take for a pause.
 */
export function speakable(text: string): string | undefined {
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Co}<>[\]]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:!?，。；：！？、])/g, '')
    .replace(/(?<=[\p{Script=Han}，。；：！？、]) (?=\p{Script=Han})/gu, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(plain) ? plain : undefined;
}
