drop index person_theme;
