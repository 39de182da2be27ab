import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The stages in the order of the data's way: a stage imports only stages before it. */
const STAGES: readonly string[] = [
  'errors',
  'sql',
  'project',
  'migrations',
  'postgres',
  'catalog',
  'diff',
  'facts',
  'data',
  'replay',
  'rules',
  'rollback',
  'proof',
  'drift',
  'deploy',
  'report',
];

/** Jobs with a file at the root that have parts: only that file imports them. */
const JOBS: readonly string[] = ['doctor', 'generate'];

/** Values in, values out: nothing that they import, however far away, reads the disk, a clock, chance or a database. */
const PURE: readonly string[] = ['errors', 'sql', 'diff', 'facts', 'rules', 'rollback', 'report'];

/** Folder names that say nothing. */
const NAMELESS = /(^|\/)(utils?|helpers?|common|shared|lib|types|misc)\//;

const DRIVER = /^(pg|postgres|@electric-sql\/pglite)(\/|$)/;
const EFFECTS = /^node:(fs|child_process|net|http|https|os|readline|worker_threads|timers|process)(\/|$)/;
const AMBIENT =
  /\b(process\s*[.[]|Date\.now|new Date\(\)|performance\.now|Math\.random|setTimeout|setInterval)/;
const LONGEST_FILE = 300;

/** One source file with what it imports. */
interface Source {
  /** Path below the package's `src`, with `/`. */
  readonly file: string;
  /** Without comments. */
  readonly code: string;
  readonly lines: number;
  readonly imports: readonly {
    readonly target: string;
    readonly typeOnly: boolean;
    readonly reExport: boolean;
  }[];
}

/** Every sentence says one file and the rule that it breaks; none when the engine keeps them all. */
export function engineViolations(src: string): string[] {
  const sources = readSources(src);
  return [
    ...sources.flatMap((source) => generalFaults(source)),
    ...sources.flatMap(orderFaults),
    ...purityFaults(sources),
  ].sort();
}

/** The same for the command line. */
export function cliViolations(src: string): string[] {
  return readSources(src)
    .flatMap((source) => [...generalFaults(source), ...cliFaults(source)])
    .sort();
}

function readSources(src: string): Source[] {
  const files = readdirSync(src, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readSource(src, file));
}

const IMPORT = /^\s*(import|export)\b(\s+type\b)?([^'";]*?)\bfrom\s+['"]([^'"]+)['"]/gm;
const BARE_IMPORT = /(?:^\s*import|\bimport\s*\()\s*['"]([^'"]+)['"]/gm;

function readSource(src: string, file: string): Source {
  const text = readFileSync(join(src, file), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const named = [...code.matchAll(IMPORT)].map(([, word, type, names, target]) => ({
    target: target ?? '',
    typeOnly: type !== undefined || onlyTypes(names ?? ''),
    reExport: word === 'export',
  }));
  const bare = [...code.matchAll(BARE_IMPORT)].map(([, target]) => ({
    target: target ?? '',
    typeOnly: false,
    reExport: false,
  }));
  return { file, code, lines: text.split('\n').length - 1, imports: [...named, ...bare] };
}

/** `{ type A, type B }` */
function onlyTypes(names: string): boolean {
  const listed = /^\s*\{([^}]*)\}\s*$/
    .exec(names)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return listed?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
}

function stageOf(file: string): string | null {
  return file.includes('/') ? (file.split('/')[0] ?? null) : null;
}

/** What the engine's package.json exports. */
const ENTRIES = new Set(['index.ts', 'start.ts']);

/** Of those, the one that hands on what others need of a job's parts. */
const OPENS = new Set(['index.ts']);

function generalFaults({ file, lines, imports }: Source): string[] {
  const isKindOfIndex = file.endsWith('kinds/index.ts');
  return [
    ...(lines >= LONGEST_FILE ? [`${file}: ${lines} lines; a concept is missing`] : []),
    ...(NAMELESS.test(file) ? [`${file}: the folder's name says nothing`] : []),
    ...(file.endsWith('/index.ts') && !isKindOfIndex
      ? [`${file}: an inner index.ts hides where things are`]
      : []),
    ...(!ENTRIES.has(file) && imports.some(({ reExport }) => reExport)
      ? [`${file}: only the public surface re-exports`]
      : []),
  ];
}

function orderFaults({ file, imports }: Source): string[] {
  const stage = stageOf(file);
  const place = stage === null ? -1 : STAGES.indexOf(stage);
  const job = stage !== null && JOBS.includes(stage) ? stage : null;
  if (stage !== null && place === -1 && job === null)
    return [`${file}: the folder "${stage}" is no stage and no job`];
  return imports.flatMap(({ target }) => {
    if (DRIVER.test(target) && stage !== 'postgres')
      return [`${file} -> ${target}: only postgres/ imports the driver`];
    if (!target.startsWith('.')) return [];
    const to = stageOf(normalize(join(dirname(file), target)));
    if (to !== null && JOBS.includes(to) && to !== job && !OPENS.has(file) && file !== `${to}.ts`)
      return [`${file} -> ${target}: only ${to}.ts imports the parts of its job`];
    if (stage === null || job !== null) return [];
    if (to === null) return [`${file} -> ${target}: a stage imports no root file`];
    return STAGES.indexOf(to) > place ? [`${file} -> ${target}: ${stage}/ comes before ${to}/`] : [];
  });
}

/** Follows value imports from each pure file to everything that they bring along. */
function purityFaults(sources: readonly Source[]): string[] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  return sources
    .filter(({ file }) => PURE.includes(stageOf(file) ?? ''))
    .flatMap((source) => {
      const seen = new Set<string>();
      const queue: Source[] = [source];
      const faults: string[] = [];
      for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
        if (seen.has(current.file)) continue;
        seen.add(current.file);
        const through = current === source ? '' : ` (through ${current.file})`;
        const effect = effectOf(current);
        if (effect !== null)
          faults.push(`${source.file}: ${stageOf(source.file)}/ is pure, and this needs ${effect}${through}`);
        for (const { target, typeOnly } of current.imports) {
          const next =
            typeOnly || !target.startsWith('.')
              ? undefined
              : byFile.get(normalize(join(dirname(current.file), target)));
          if (next !== undefined) queue.push(next);
        }
      }
      return faults;
    });
}

function effectOf({ code, imports }: Source): string | null {
  const imported = imports.find(
    ({ target, typeOnly }) => !typeOnly && (EFFECTS.test(target) || DRIVER.test(target)),
  );
  return imported?.target ?? AMBIENT.exec(code)?.[1] ?? null;
}

function cliFaults({ file, code, imports }: Source): string[] {
  const inReporters = file.startsWith('reporters/');
  return [
    ...(file !== 'main.ts' && /\bprocess\s*[.[]/.test(code) ? [`${file}: only main.ts touches process`] : []),
    ...(inReporters && AMBIENT.test(code) ? [`${file}: reporters are pure`] : []),
    ...imports.flatMap(({ target, typeOnly }) => {
      if (/(^|\/)engine\//.test(target) && target !== '@pivotal-flow/engine/start')
        return [`${file} -> ${target}: the engine's entries are @pivotal-flow/engine and its /start`];
      if (DRIVER.test(target))
        return [`${file} -> ${target}: only the engine's postgres/ imports the driver`];
      const pure = typeOnly || target.startsWith('.');
      return inReporters && !pure
        ? [`${file} -> ${target}: reporters are pure and import types at most`]
        : [];
    }),
  ];
}
