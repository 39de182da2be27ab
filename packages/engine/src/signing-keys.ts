import type { KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { InputError } from './errors/input-error.ts';
import type { Problem } from './errors/problem.ts';
import type { ResolvedVerifyOptions } from './options.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import { readTextFile, systemCode } from './project/text-file.ts';
import {
  type KeyFile,
  type KeyRead,
  keyIdOf,
  PASSPHRASE_VARIABLE,
  privateKeyOf,
  publicKeyOf,
} from './proof/proof-file/signature.ts';

/** The keys of one run. */
export interface SigningKeys {
  /** Signs what is written. */
  readonly signer: KeyObject | null;
  /** By which entries have to be signed to be believed; `null`: by none. */
  readonly trusted: KeyObject | null;
}

/**
 * Reads the keys that the options name. Who signs believes only what the same key signed: a signature is not given to what
 * somebody else proved.
 * @throws InputError for a key that cannot be used, or two that do not belong together; it tells no passphrase
 */
export async function signingKeys(
  { sign, publicKey, cwd }: Pick<ResolvedVerifyOptions, 'sign' | 'publicKey' | 'cwd'>,
  env: Surroundings['env'],
): Promise<SigningKeys> {
  const [signer, trusted] = await Promise.all([
    sign === undefined ? null : keyIn(sign, cwd, (file) => privateKeyOf(file, env[PASSPHRASE_VARIABLE])),
    publicKey === undefined ? null : keyIn(publicKey, cwd, publicKeyOf),
  ]);
  if (signer !== null && trusted !== null && keyIdOf(signer) !== keyIdOf(trusted))
    throw new InputError([
      {
        code: 'other-key',
        message: `${sign} is the key ${keyIdOf(signer)}, and proofs have to be signed by ${keyIdOf(trusted)} (${publicKey})`,
        fix: 'sign with the private key that belongs to it, or change the public key',
      },
    ]);
  return { signer, trusted: trusted ?? signer };
}

async function keyIn(file: string, cwd: string, read: (file: KeyFile) => KeyRead): Promise<KeyObject> {
  const pem = await readTextFile(resolve(cwd, file)).catch((error: unknown) => {
    throw new InputError([unreadableKey(file, systemCode(error))]);
  });
  if (pem === null) throw new InputError([unreadableKey(file, 'ENOENT')]);
  const outcome = read({ file, pem });
  if (outcome.kind === 'unusable') throw new InputError([outcome.problem]);
  return outcome.key;
}

function unreadableKey(file: string, code: string): Problem {
  return {
    code: 'unreadable-key',
    message: `the key ${file} cannot be read (${code})`,
    fix: `check the path and its permissions: ls -lL ${file}`,
    file,
  };
}
