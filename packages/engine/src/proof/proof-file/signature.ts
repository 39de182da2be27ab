import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Problem } from '../../errors/problem.ts';
import { canonicalJson } from './canonical.ts';
import { PROOF_FILE_VERSION, type ProofEntry } from './format.ts';

/** A key, or why there is none. */
export type KeyRead =
  | { readonly kind: 'key'; readonly key: KeyObject }
  | { readonly kind: 'unusable'; readonly problem: Problem };

/** A key file: its path to show and its text. */
export interface KeyFile {
  readonly file: string;
  readonly pem: string;
}

/** The environment variable for the passphrase of an encrypted private key. */
export const PASSPHRASE_VARIABLE = 'PIVOTAL_FLOW_SIGNING_KEY_PASSPHRASE';

const NEW_KEY = 'make one: openssl genpkey -algorithm ed25519 -out signing-key.pem';
const NEW_PUBLIC_KEY =
  'make it from the private key: openssl pkey -in signing-key.pem -pubout -out proofs.pub.pem';

/** The private key of a PEM file (PKCS#8, Ed25519). */
export function privateKeyOf({ file, pem }: KeyFile, passphrase: string | undefined): KeyRead {
  const isEncrypted = pem.includes('ENCRYPTED');
  if (isEncrypted && (passphrase === undefined || passphrase === ''))
    return unusable('encrypted-key', file, {
      message: `${file} is encrypted, and there is no passphrase for it`,
      fix: `set ${PASSPHRASE_VARIABLE} for this command; nothing is asked for, so that it works in a pipeline`,
    });
  try {
    const key = createPrivateKey({ key: pem, ...(isEncrypted ? { passphrase } : {}) });
    return key.asymmetricKeyType === 'ed25519' ? { kind: 'key', key } : wrongType(file, key, NEW_KEY);
  } catch {
    // The library's words may repeat what it was given.
    return unusable('unusable-key', file, {
      message: isEncrypted
        ? `${file} cannot be decrypted with the passphrase in ${PASSPHRASE_VARIABLE}`
        : `${file} holds no private key in PEM (PKCS#8)`,
      fix: isEncrypted ? `correct ${PASSPHRASE_VARIABLE}` : NEW_KEY,
    });
  }
}

/** The public key of a PEM file (SPKI, Ed25519). */
export function publicKeyOf({ file, pem }: KeyFile): KeyRead {
  if (pem.includes('PRIVATE KEY'))
    return unusable('unusable-key', file, {
      message: `${file} holds a private key, and a public one is asked for; whoever has the private one can sign`,
      fix: NEW_PUBLIC_KEY,
    });
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? { kind: 'key', key } : wrongType(file, key, NEW_PUBLIC_KEY);
  } catch {
    return unusable('unusable-key', file, {
      message: `${file} holds no public key in PEM`,
      fix: NEW_PUBLIC_KEY,
    });
  }
}

/** The short name of a key pair: the first 16 hexadecimal digits of the SHA-256 of its public key (SPKI, DER). */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

/** The entry with a signature over all that it says, about which migration, and in which version of the format. */
export function signed(id: string, entry: ProofEntry, privateKey: KeyObject): ProofEntry {
  const value = sign(null, signedText(id, entry), privateKey).toString('base64');
  return { ...entry, signature: { key: keyIdOf(privateKey), value } };
}

/** What the signature of an entry is worth: `unsigned` also where another key signed it. */
export type SignatureState = 'good' | 'unsigned' | 'forged';

/** Holds an entry against the public key that it is to be signed by. */
export function signatureState(id: string, entry: ProofEntry, publicKey: KeyObject): SignatureState {
  const { signature } = entry;
  if (signature === null || signature.key !== keyIdOf(publicKey)) return 'unsigned';
  const isGood = verify(null, signedText(id, entry), publicKey, Buffer.from(signature.value, 'base64'));
  return isGood ? 'good' : 'forged';
}

function signedText(id: string, { signature: _, ...content }: ProofEntry): Buffer {
  return Buffer.from(canonicalJson({ proofFileVersion: PROOF_FILE_VERSION, id, ...content }));
}

function wrongType(file: string, key: KeyObject, fix: string): KeyRead {
  return unusable('unusable-key', file, {
    message: `${file} holds a key of the type ${key.asymmetricKeyType ?? 'unknown'}; signatures are made with ed25519`,
    fix,
  });
}

function unusable(code: string, file: string, told: { message: string; fix: string }): KeyRead {
  return { kind: 'unusable', problem: { code, ...told, file } };
}
