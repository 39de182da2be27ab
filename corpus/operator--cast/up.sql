create cast (money_of as text) with function as_text(money_of) as assignment;
