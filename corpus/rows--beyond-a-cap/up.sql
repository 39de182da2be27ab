update plan p set longest = 604800000000000 where p.longest > 604800000000000;
create index plan_longest on plan (longest);
