import { expect, test } from 'vitest';
import { type GrantTarget, ownerOnly, privilegeStatements, revokeAll } from './privileges.ts';

const TABLE: GrantTarget = { on: 'TABLE public.t', owner: 'postgres', everybody: '', all: 'arwdDxt' };
const ROUTINE: GrantTarget = {
  on: 'FUNCTION public.f()',
  owner: 'postgres',
  everybody: 'X',
  all: 'X',
};
const COLUMN: GrantTarget = { ...TABLE, on: '(a) ON TABLE public.t', all: 'arwx' };

const OWN = 'postgres=arwdDxt/postgres';

interface Case {
  readonly what: string;
  readonly target: GrantTarget;
  readonly wanted: readonly string[] | null;
  readonly present: readonly string[] | null;
  readonly expected: readonly string[];
}

test.for<Case>([
  {
    what: 'an owner that has everything is as by default',
    target: TABLE,
    wanted: [OWN, 'reader=r/postgres'],
    present: null,
    expected: ['GRANT SELECT ON TABLE public.t TO "reader"'],
  },
  {
    what: 'the way back takes away only what was granted',
    target: TABLE,
    wanted: null,
    present: [OWN, 'reader=rw/postgres'],
    expected: ['REVOKE SELECT, UPDATE ON TABLE public.t FROM "reader"'],
  },
  {
    what: 'an owner that gave something away',
    target: TABLE,
    wanted: ['postgres=rw/postgres'],
    present: null,
    expected: ['REVOKE INSERT, DELETE, TRUNCATE, REFERENCES, TRIGGER ON TABLE public.t FROM "postgres"'],
  },
  {
    what: 'everything at once',
    target: TABLE,
    wanted: [OWN, 'reader=arwdDxt/postgres'],
    present: [OWN],
    expected: ['GRANT ALL ON TABLE public.t TO "reader"'],
  },
  {
    what: 'everybody',
    target: TABLE,
    wanted: [OWN, '=r/postgres'],
    present: [OWN],
    expected: ['GRANT SELECT ON TABLE public.t TO PUBLIC'],
  },
  {
    what: 'what everybody has by default',
    target: ROUTINE,
    wanted: ['postgres=X/postgres'],
    present: null,
    expected: ['REVOKE ALL ON FUNCTION public.f() FROM PUBLIC'],
  },
  {
    what: 'a grant option that comes and one that goes',
    target: TABLE,
    wanted: [OWN, 'reader=r*w/postgres'],
    present: [OWN, 'reader=rw*/postgres'],
    expected: [
      'REVOKE GRANT OPTION FOR UPDATE ON TABLE public.t FROM "reader"',
      'GRANT SELECT ON TABLE public.t TO "reader" WITH GRANT OPTION',
    ],
  },
  {
    what: 'columns stand behind each privilege',
    target: COLUMN,
    wanted: ['reader=rw/postgres'],
    present: [],
    expected: ['GRANT SELECT (a), UPDATE (a) ON TABLE public.t TO "reader"'],
  },
  {
    what: 'what another role granted is taken back as that role',
    target: TABLE,
    wanted: [OWN, 'writer=r*/postgres'],
    present: [OWN, 'writer=r*/postgres', 'reader=r/writer'],
    expected: ['SET LOCAL ROLE "writer"', 'REVOKE SELECT ON TABLE public.t FROM "reader"', 'RESET ROLE'],
  },
  {
    what: 'what was passed on comes after what it was passed on from',
    target: TABLE,
    wanted: [OWN, 'reader=r/writer', 'writer=r*/postgres'],
    present: null,
    expected: [
      'GRANT SELECT ON TABLE public.t TO "writer" WITH GRANT OPTION',
      'SET LOCAL ROLE "writer"',
      'GRANT SELECT ON TABLE public.t TO "reader"',
      'RESET ROLE',
    ],
  },
  {
    what: 'and is taken back before it',
    target: TABLE,
    wanted: null,
    present: [OWN, 'writer=r*/postgres', 'reader=r/writer'],
    expected: [
      'SET LOCAL ROLE "writer"',
      'REVOKE SELECT ON TABLE public.t FROM "reader"',
      'RESET ROLE',
      'REVOKE SELECT ON TABLE public.t FROM "writer"',
    ],
  },
  {
    what: 'a role whose name needs quotes',
    target: TABLE,
    wanted: [OWN, '"a=b/c ""d"""=r/postgres'],
    present: [OWN],
    expected: ['GRANT SELECT ON TABLE public.t TO "a=b/c ""d"""'],
  },
])('$what', ({ target, wanted, present, expected }) => {
  expect(privilegeStatements(target, wanted, present)).toEqual(expected);
});

test('what default privileges granted is taken back whole', () => {
  expect(revokeAll(TABLE, ['reader', ''])).toEqual([
    'REVOKE ALL ON TABLE public.t FROM "reader"',
    'REVOKE ALL ON TABLE public.t FROM PUBLIC',
  ]);
  expect(ownerOnly(TABLE)).toEqual(['"postgres"=arwdDxt/"postgres"']);
});
