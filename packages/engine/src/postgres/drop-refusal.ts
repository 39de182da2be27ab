/** A database was not dropped, because it could not be shown to be ours. It is a fault of the program, not of the user. */
export class DropRefusal extends Error {
  override readonly name = 'DropRefusal';
  readonly database: string;

  /** @param reason completes "… was not dropped:" */
  constructor(database: string, reason: string) {
    super(`database "${database}" was not dropped: ${reason}`);
    this.database = database;
  }
}
