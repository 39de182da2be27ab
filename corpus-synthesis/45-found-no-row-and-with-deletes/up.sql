WITH gone AS (DELETE FROM open_drafts WHERE md5(word) = '9dd4e461268c8034f5c8564e155c67a6' RETURNING id)
UPDATE orders SET state = 1 FROM gone WHERE gone.id = orders.id;
