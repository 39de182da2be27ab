/** Set by the rollback itself: whether there is a stash to restore from. */
export const HELD = `current_setting('pivotal_flow.stash', true) = 'held'`;
