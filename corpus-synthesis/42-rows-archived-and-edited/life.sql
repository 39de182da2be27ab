UPDATE trips_before_2023 SET km = 50 WHERE id = 1;
