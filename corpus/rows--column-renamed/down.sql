alter table quote rename remark to note;
