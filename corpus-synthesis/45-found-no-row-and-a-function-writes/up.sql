UPDATE purses SET coins = spend(id) WHERE md5(coins::text) = 'c4ca4238a0b923820dcc509a6f75849b';
