drop cast (money_of as text);
