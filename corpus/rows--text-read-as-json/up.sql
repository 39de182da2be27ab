update team set login = json_build_object('owner', login::json);
