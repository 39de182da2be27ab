/** How drizzle-kit asks what became of something. */
const QUESTION = /created or renamed/;

/** What it prints once everything is answered: a list of all tables, and where it wrote the migration. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are told by the escape character
const CLOSING = /(?:\u001b\[\d+m|\s)*(?:\d+ tables?\b|\[(?:\u001b\[\d+m)*✓)/;

/**
 * Lets through what drizzle-kit prints from its first question to its last answer. What it says before and after is about a
 * copy of the folder, and would mislead.
 */
export function questionsOnly(show: (text: string) => void): (text: string) => void {
  let state: 'before' | 'asking' | 'after' = 'before';
  return (text) => {
    if (state === 'before' && QUESTION.test(text)) state = 'asking';
    if (state !== 'asking') return;
    const end = CLOSING.exec(text)?.index;
    if (end !== undefined) state = 'after';
    show(text.slice(0, end));
  };
}
