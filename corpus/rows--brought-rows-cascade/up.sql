insert into reminder (id, account_id, kind) select 500 + account.id % 400, account.id, 'weekly' from account;
