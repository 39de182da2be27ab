alter table p detach partition p_2026;
