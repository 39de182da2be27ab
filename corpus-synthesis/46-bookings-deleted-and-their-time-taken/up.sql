DELETE FROM bookings WHERE during = '[1,5)';
