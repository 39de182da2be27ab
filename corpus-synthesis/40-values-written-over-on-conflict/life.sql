UPDATE settings SET value = 'large' WHERE key = 'size';
