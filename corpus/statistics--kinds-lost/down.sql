create statistics quote_stats on org_id, price from quote;
