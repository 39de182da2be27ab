/** `$word$`, or with a number behind the word where that occurs in the text (PostgreSQL manual 4.1.2.4). */
export function dollarTag(word: string, text: string): string {
  for (let number = 0; ; number += 1) {
    const tag = `$${word}${number === 0 ? '' : number}$`;
    if (!text.includes(tag)) return tag;
  }
}
