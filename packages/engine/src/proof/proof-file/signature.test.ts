import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { entryLike } from '../../../tests/proof-file/samples.ts';
import type { ProofEntry } from './format.ts';
import {
  keyIdOf,
  PASSPHRASE_VARIABLE,
  privateKeyOf,
  publicKeyOf,
  signatureState,
  signed,
} from './signature.ts';

const ours = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const ID = '0001_a';
const entry = signed(ID, entryLike(ID), ours.privateKey);

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

describe('a signature', () => {
  test('is good for what was signed, and made again it is the same', () => {
    expect(signatureState(ID, entry, ours.publicKey)).toBe('good');
    expect(signed(ID, entryLike(ID), ours.privateKey)).toEqual(entry);
    expect(entry.signature?.key).toBe(keyIdOf(ours.publicKey));
  });

  test.each<[string, string, ProofEntry]>([
    ['another verdict', ID, { ...entry, verdict: 'lossy' }],
    ['another digest', ID, { ...entry, digest: 'e'.repeat(64) }],
    ['another migration', '0002_b', entry],
    ['half of it', ID, { ...entry, signature: { ...entry.signature!, value: 'AAAA' } }],
  ])('is forged for %s', (_, id, changed) => {
    expect(signatureState(id, changed, ours.publicKey)).toBe('forged');
  });

  test('of another key counts as none', () => {
    expect(signatureState(ID, entry, theirs.publicKey)).toBe('unsigned');
    expect(signatureState(ID, entryLike(ID), ours.publicKey)).toBe('unsigned');
  });

  test('of another key under our name is forged', () => {
    const foreign = signed(ID, entryLike(ID), theirs.privateKey);
    const named = { ...foreign, signature: { ...foreign.signature!, key: keyIdOf(ours.publicKey) } };
    expect(signatureState(ID, named, ours.publicKey)).toBe('forged');
  });
});

describe('keys', () => {
  const encrypted = ours.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
    .toString();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });

  test('PKCS#8, encrypted or not, and SPKI', () => {
    for (const read of [
      privateKeyOf({ file: 'k.pem', pem: pkcs8(ours.privateKey) }, undefined),
      privateKeyOf({ file: 'k.pem', pem: encrypted }, 'open sesame'),
      publicKeyOf({ file: 'k.pem', pem: spki(ours.publicKey) }),
    ])
      expect(read.kind === 'key' ? keyIdOf(read.key) : read).toBe(keyIdOf(ours.publicKey));
  });

  test.each([
    [
      'encrypted, no passphrase',
      privateKeyOf({ file: 'k.pem', pem: encrypted }, ''),
      /encrypted, and there is no/,
    ],
    [
      'wrong passphrase',
      privateKeyOf({ file: 'k.pem', pem: encrypted }, 'shibboleth'),
      /cannot be decrypted/,
    ],
    ['not a key', privateKeyOf({ file: 'k.pem', pem: 'hello' }, undefined), /holds no private key/],
    ['RSA', privateKeyOf({ file: 'k.pem', pem: pkcs8(rsa.privateKey) }, undefined), /type rsa/],
    [
      'a public one for signing',
      privateKeyOf({ file: 'k.pem', pem: spki(ours.publicKey) }, undefined),
      /no private key/,
    ],
    [
      'a private one in public',
      publicKeyOf({ file: 'k.pem', pem: pkcs8(ours.privateKey) }),
      /holds a private key/,
    ],
    ['RSA in public', publicKeyOf({ file: 'k.pem', pem: spki(rsa.publicKey) }), /type rsa/],
    ['not a public key', publicKeyOf({ file: 'k.pem', pem: 'hello' }), /holds no public key/],
  ])('refused: %s', (_, read, message) => {
    const problem = read.kind === 'unusable' ? read.problem : null;
    expect(problem).toMatchObject({ message: expect.stringMatching(message) as string, file: 'k.pem' });
    expect(problem?.fix).toMatch(/openssl|PIVOTAL_FLOW_SIGNING_KEY_PASSPHRASE/);
    expect(JSON.stringify(problem)).not.toMatch(/shibboleth|sesame/);
  });

  test('the variable is the documented one', () => {
    expect(PASSPHRASE_VARIABLE).toBe('PIVOTAL_FLOW_SIGNING_KEY_PASSPHRASE');
  });
});
