UPDATE moves SET qty = qty + 100 WHERE qty <= 0;
