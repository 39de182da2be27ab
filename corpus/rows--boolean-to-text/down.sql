alter table t alter v type boolean using v::boolean;
