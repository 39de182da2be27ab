drop trigger p_tr on p;
alter table p drop constraint p_org_id_fkey;
create table p_2 (id int not null, at date not null, org_id int);
alter table p attach partition p_2 for values from ('2025-01-01') to ('2026-01-01');
create trigger p_other before update on p for each row execute function f();
