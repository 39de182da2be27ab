import { readFileSync } from 'node:fs';
import { EnvironmentError } from '../../errors/environment-error.ts';

/** The account that the server runs as. PostgreSQL refuses to run as root (manual 18.1, "The PostgreSQL User Account"). */
export type Account =
  | { readonly kind: 'own'; readonly uid: number }
  | { readonly kind: 'other'; readonly uid: number; readonly gid: number; readonly name: string };

const PREFERRED = ['postgres', 'nobody', 'daemon'];

/**
 * Our own account, or as root another one that the machine knows: initdb looks its user up by number.
 * @param uid ours
 * @throws EnvironmentError when root is the only account there is
 */
export function chooseAccount(uid: number): Account {
  if (uid !== 0) return { kind: 'own', uid };
  const others = readAccounts().filter((entry) => entry.uid !== 0);
  const chosen = PREFERRED.map((name) => others.find((entry) => entry.name === name)).find(
    (entry) => entry !== undefined,
  );
  const account = chosen ?? others[0];
  if (account === undefined) {
    throw new EnvironmentError(
      'no-account',
      'PostgreSQL refuses to run as root, and this machine knows no other account to run it as',
      'run as an ordinary user, create one (adduser postgres), or use a server of your own with --server <url>',
    );
  }
  return { kind: 'other', ...account };
}

/** The options that make a child process run as the account. */
export function runAs(account: Account): { uid?: number; gid?: number } {
  return account.kind === 'own' ? {} : { uid: account.uid, gid: account.gid };
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  let text: string;
  try {
    text = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name !== undefined && /^\d+$/.test(uid ?? '') && /^\d+$/.test(gid ?? '')
      ? [{ name, uid: Number(uid), gid: Number(gid) }]
      : [];
  });
}
