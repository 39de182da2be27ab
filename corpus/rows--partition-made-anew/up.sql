drop table p_2026;
