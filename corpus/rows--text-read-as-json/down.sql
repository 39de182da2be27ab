update team set login = login::json -> 'owner';
