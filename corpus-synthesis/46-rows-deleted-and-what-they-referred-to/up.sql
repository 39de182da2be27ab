DELETE FROM shows WHERE state = 'over';
