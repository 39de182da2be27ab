update person set theme = '' where theme = 'midnight';
create index person_theme on person (theme);
