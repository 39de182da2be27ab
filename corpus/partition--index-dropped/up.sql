drop index p_kind;
alter table p drop constraint p_key;
