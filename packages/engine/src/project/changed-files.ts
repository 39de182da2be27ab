import { join } from 'node:path';
import { EnvironmentError } from '../errors/environment-error.ts';
import { InputError } from '../errors/input-error.ts';
import { type GitPlace, git } from './git.ts';

/**
 * Files that differ from a git reference: what was committed since the branch left it, what is not committed yet, what is
 * not tracked yet, and what was deleted.
 *
 * @param ref a branch, tag or commit
 * @param place a folder of the repository
 * @returns absolute paths without symbolic links
 * @throws InputError when there is no repository, the reference is unknown, or nothing is common with it
 * @throws EnvironmentError when there is no git
 */
export async function changedFiles(ref: string, place: GitPlace): Promise<ReadonlySet<string>> {
  if (ref.trim() === '') throw new InputError([EMPTY_REF]);
  const cwd = await topFolder(place);
  await refuseIgnored(place);
  const top = { ...place, cwd };
  const base = await forkPoint(ref, top);
  const changed = await git(['diff', '--name-only', '--no-renames', '-z', base, '--'], top);
  const untracked = await git(['ls-files', '--others', '--exclude-standard', '-z'], top);
  if (changed.code !== 0 || untracked.code !== 0) throw gitFailed(changed.stderr || untracked.stderr);
  const names = [...changed.stdout.split('\0'), ...untracked.stdout.split('\0')].filter(
    (name) => name !== '',
  );
  return new Set(names.map((name) => join(cwd, name)));
}

const EMPTY_REF = {
  code: 'unknown-ref',
  message: '--since is empty',
  fix: 'name a branch, tag or commit, for example --since origin/main',
};

/** Of an ignored folder git would say that nothing in it has ever changed. */
async function refuseIgnored(place: GitPlace): Promise<void> {
  const { code } = await git(['check-ignore', '--quiet', '.'], place);
  if (code !== 0) return;
  throw new InputError([
    {
      code: 'ignored-folder',
      message: `--since compares with git, and ${place.cwd} is ignored by it`,
      fix: 'leave --since out, or take the folder out of .gitignore',
    },
  ]);
}

async function topFolder(place: GitPlace): Promise<string> {
  const { code, stdout, stderr } = await git(['rev-parse', '--show-toplevel'], place);
  if (code === 0) return stdout.replace(/\r?\n$/, '');
  if (!/not a git repository/i.test(stderr)) throw gitFailed(stderr);
  throw new InputError([
    {
      code: 'not-a-repository',
      message: `--since compares with git, and ${place.cwd} is in no git repository`,
      fix: 'leave --since out, or run it inside the repository',
    },
  ]);
}

/** Where the branch left `ref`, so that what others did there since is not taken for a change here. */
async function forkPoint(ref: string, top: GitPlace): Promise<string> {
  const known = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], top);
  if (known.code !== 0) throw new InputError([await unknownRef(ref, top)]);
  const base = await git(['merge-base', known.stdout.trim(), 'HEAD'], top);
  if (base.code === 0) return base.stdout.trim();
  throw new InputError([
    {
      code: 'nothing-in-common',
      message: `--since ${ref}: it has no commit in common with what is checked out`,
      fix: 'a shallow clone has too little history: git fetch --unshallow (in a CI checkout: fetch-depth: 0)',
    },
  ]);
}

async function unknownRef(ref: string, top: GitPlace) {
  const remote = await git(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `origin/${ref}^{commit}`],
    top,
  );
  const fix =
    remote.code === 0
      ? `there is one on the remote: --since origin/${ref}`
      : `fetch it (git fetch origin ${ref}, then --since origin/${ref}), or name one of: git branch --all`;
  return { code: 'unknown-ref', message: `--since ${ref}: git knows no such branch, tag or commit`, fix };
}

function gitFailed(stderr: string): EnvironmentError {
  const said = stderr.trim().split('\n')[0] ?? '';
  return new EnvironmentError(
    'git-failed',
    `git could not be asked what changed: ${said}`,
    'see that git status works in this folder',
  );
}
