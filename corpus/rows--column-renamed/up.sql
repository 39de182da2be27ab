alter table quote rename note to remark;
