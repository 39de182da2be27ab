drop statistics quote_stats;
