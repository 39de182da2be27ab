alter extension pgcrypto set schema ext;
