update member set roles = '{}' where 'head of ' || club = any (roles);
