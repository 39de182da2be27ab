drop index integration_kind;
