drop index plan_longest;
