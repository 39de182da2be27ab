import { quoteLiteral } from '../../../src/sql/quote.ts';
import { freshName } from '../names.ts';
import { type Operation, oneOf } from './operation.ts';

/** What types, sequences and partitions undergo. */
export const TYPES_AND_PARTS: Readonly<Record<string, Operation>> = {
  'add label': (land, picks) => {
    const { name, labels } = oneOf(land.enums, picks);
    const place = picks.text('', ` before ${quoteLiteral(labels[0] ?? '')}`);
    return `alter type ${name} add value ${quoteLiteral(`added ${labels.length}`)}${labels.length === 0 ? '' : place}`;
  },
  'rename label': (land, picks) => {
    const { name, labels } = oneOf(land.enums, picks);
    return `alter type ${name} rename value ${quoteLiteral(oneOf(labels, picks))} to ${quoteLiteral(`renamed ${labels.length}`)}`;
  },
  'change domain': (land, picks) => {
    const { name, constraints } = oneOf(land.domains, picks);
    const [constraint] = constraints;
    return `alter domain ${name} ${picks.text(
      'set not null',
      'drop not null',
      `add constraint ${freshName(land, picks)} check (value is null or value::text <> 'never')`,
      ...(constraint === undefined ? [] : [`drop constraint ${constraint}`]),
    )}`;
  },
  'change composite': (land, picks) => {
    const { name, attributes } = oneOf(land.composites, picks);
    const attribute = oneOf(attributes, picks);
    return `alter type ${name} ${picks.text(
      `add attribute ${freshName(land, picks)} text`,
      `drop attribute ${attribute}`,
      `rename attribute ${attribute} to ${freshName(land, picks)}`,
    )}`;
  },
  'change sequence': (land, picks) =>
    `alter sequence ${oneOf(land.sequences, picks)} ${picks.text('increment by 3', 'maxvalue 30000', 'cache 5', 'cycle')}`,
  'detach partition': (land, picks) => {
    const { name, partitions } = oneOf(
      land.tables.filter((table) => table.partitions.length > 0),
      picks,
    );
    return `alter table ${name} detach partition ${oneOf(partitions, picks)}`;
  },
  'own sequence': (land, picks) => {
    const { name, columns } = oneOf(land.tables, picks);
    return `alter sequence ${oneOf(land.sequences, picks)} owned by ${name}.${oneOf(columns, picks).name}`;
  },
};
