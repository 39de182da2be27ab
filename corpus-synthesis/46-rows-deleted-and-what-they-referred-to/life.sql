DELETE FROM halls WHERE id = 1;
