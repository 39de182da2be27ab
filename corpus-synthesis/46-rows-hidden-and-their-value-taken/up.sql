UPDATE accounts SET closed = true WHERE tenant = 1;
