DELETE FROM visits WHERE place = 'barn';
