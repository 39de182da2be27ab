create index quote_org_idx on quote (org);
update quote set note = remark, remark = note || '!' where remark is not null;
