UPDATE notices SET told = true WHERE id = 2;
