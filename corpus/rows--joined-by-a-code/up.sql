update club set town = 'in ' || town.name from town where town.code = club.town_code;
