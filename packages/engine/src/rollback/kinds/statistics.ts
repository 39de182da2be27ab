import { Attributes } from '../attributes.ts';
import { guarded, inOrder, MAKE_ANEW, statements } from '../draft.ts';
import { not, statisticsExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

/** CREATE STATISTICS, as PostgreSQL prints it. */
export const statisticsObject = named('STATISTICS', {
  create: (object) => {
    const attributes = new Attributes(object);
    const target = attributes.text('target');
    return inOrder(
      guarded(not(statisticsExists(object.name)), attributes.text('definition') ?? ''),
      target === null ? statements() : statements(`ALTER STATISTICS ${object.name} SET STATISTICS ${target}`),
    );
  },
  alter: (change) => {
    if (change.differs('definition')) return MAKE_ANEW;
    return statements(
      `ALTER STATISTICS ${change.before.name} SET STATISTICS ${change.was.text('target') ?? '-1'}`,
    );
  },
});
