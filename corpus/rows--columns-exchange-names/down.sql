alter table quote rename note to x;
alter table quote rename remark to note;
alter table quote rename x to remark;
