create statistics quote_stats (ndistinct, mcv) on org_id, price from quote;
alter statistics quote_stats set statistics 200;
