CREATE TABLE samples (taken date, value integer, note text);
