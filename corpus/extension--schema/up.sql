alter extension pgcrypto set schema public;
