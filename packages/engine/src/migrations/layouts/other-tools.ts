import type { FolderListing } from './layout.ts';

/** A tool whose migrations are recognised but not read. */
export interface OtherTool {
  readonly name: string;
  /** The file by which it was recognised. */
  readonly seen: string;
}

const MARKS: readonly { readonly name: string; readonly file: RegExp }[] = [
  { name: 'Prisma', file: /^migration_lock\.toml$/ },
  { name: 'Sqitch', file: /^sqitch\.(?:plan|conf)$/ },
  { name: 'Flyway', file: /^[VUR]\d*(?:[._]\d+)*__.+\.sql$/ },
  { name: 'Atlas', file: /^atlas\.sum$/ },
];

/** Recognises other tools by names of files, so that the message can say more than "nothing found". */
export function otherToolIn(listing: FolderListing): OtherTool | null {
  for (const { name, file } of MARKS) {
    const seen = listing.files.find((candidate) => file.test(candidate));
    if (seen !== undefined) return { name, seen };
  }
  return null;
}
