alter table p attach partition part for values from ('2024-01-01') to ('2025-01-01');
