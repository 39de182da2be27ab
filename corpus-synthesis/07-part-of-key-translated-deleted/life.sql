DELETE FROM grants WHERE member = 'bo';
