import type { Word } from './outcome.ts';

/** Damages of which engine and judges do not say the same, by name, and why that is so. */
export const EXCEPTIONS: Readonly<Record<string, { readonly word: Word; readonly why: string }>> = {};
