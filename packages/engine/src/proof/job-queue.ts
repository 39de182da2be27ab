/**
 * Jobs that are done one after the other, in the order in which they were given, while whoever gave them goes on. The first
 * that fails is the last that was begun.
 */
export class JobQueue {
  #last: Promise<unknown> = Promise.resolve();
  #hasEnded = false;

  /** @returns what the job gives; rejected with what it throws, or with what one before it threw */
  add<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => {
      if (this.#hasEnded) throw new Error('the queue ended before this job was begun');
      return job();
    });
    // A failure is told by `caughtUp`, also where nobody awaits the job itself.
    result.catch(() => {});
    this.#last = result;
    return result;
  }

  /**
   * Waits until all jobs are done that were given so far.
   * @throws what the first job threw that failed
   */
  async caughtUp(): Promise<void> {
    await this.#last;
  }

  /** Begins no further job, and waits for the one that is under way, whatever comes of it. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#last.catch(() => {});
  }
}
