drop operator class same using hash;
drop operator family same using hash;
