import { type Alteration, Attributes } from '../attributes.ts';
import { columnSettings } from '../column-definition.ts';
import { type AlterationDraft, MAKE_ANEW, statements } from '../draft.ts';
import { named, renamed } from '../kind-defaults.ts';
import { changedOptions, withOptions } from '../options.ts';
import { columnName } from '../own-name.ts';
import { queryOf } from './view.ts';

/** CREATE MATERIALIZED VIEW, filled where it was; what it holds is computed anew. */
export const materializedView = named('MATERIALIZED VIEW', {
  grantedOn: ({ name }) => `TABLE ${name}`,
  create: (object, before) => {
    const attributes = new Attributes(object);
    const columns = before.children(object, 'column');
    const method = attributes.text('accessMethod');
    const tablespace = attributes.text('tablespace');
    const toast = attributes.list('toastOptions').map((option) => `toast.${option}`);
    const text = [
      `CREATE MATERIALIZED VIEW IF NOT EXISTS ${object.name} (${columns.map(columnName).join(', ')})`,
      method === null || method === 'heap' ? '' : ` USING ${method}`,
      withOptions([...attributes.list('options'), ...toast]),
      tablespace === null ? '' : ` TABLESPACE ${tablespace}`,
      ` AS\n${queryOf(attributes.text('definition') ?? '')}\n`,
      attributes.is('populated') ? 'WITH DATA' : 'WITH NO DATA',
    ].join('');
    const settings = columns
      .flatMap(columnSettings)
      .map((sql) => sql.replace(/^ALTER TABLE/, 'ALTER MATERIALIZED VIEW'));
    return statements(text, ...settings);
  },
  alter: (change) => alterMaterializedView(change),
  rename: ({ name }, to) => renamed(`ALTER MATERIALIZED VIEW IF EXISTS ${name}`, to),
});

function alterMaterializedView(change: Alteration): AlterationDraft {
  const { before, was, is } = change;
  if (change.differs('definition', 'persistence', 'accessMethod', 'tablespace', 'replicaIdentity'))
    return MAKE_ANEW;
  const alter = `ALTER MATERIALIZED VIEW ${before.name}`;
  const filled = `REFRESH MATERIALIZED VIEW ${before.name}${was.is('populated') ? '' : ' WITH NO DATA'}`;
  const toast = (attributes: Attributes) =>
    attributes.list('toastOptions').map((option) => `toast.${option}`);
  return statements(
    ...changedOptions(alter, was.list('options'), is.list('options')),
    ...changedOptions(alter, toast(was), toast(is)),
    ...(change.differs('populated') ? [filled] : []),
  );
}
