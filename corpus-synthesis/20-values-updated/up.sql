UPDATE prices SET cents = cents * 2 WHERE cents >= 100;
