drop operator class same using hash;
