import type { Session } from '../../src/postgres/session.ts';

/** As psql would with `-1`; statements that no transaction takes run alone, and stand one to a line. */
export async function runAsPsql(session: Session, text: string): Promise<void> {
  if (/\bconcurrently\b/i.test(text)) {
    for (const line of text.split('\n')) if (line !== '') await session.execute(line);
  } else {
    await session.batch(text);
  }
  await session.reset();
}
