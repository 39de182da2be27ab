DELETE FROM customers WHERE closed;
