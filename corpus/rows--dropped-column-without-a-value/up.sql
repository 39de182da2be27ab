alter table voucher drop column code;
