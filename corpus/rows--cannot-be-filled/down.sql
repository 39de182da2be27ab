delete from voucher;
