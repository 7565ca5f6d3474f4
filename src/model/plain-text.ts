/**
 * Text as people write it: without what no keyboard writes and no database keeps, which are control characters but line
 * ends and tabs, and halves of characters.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
