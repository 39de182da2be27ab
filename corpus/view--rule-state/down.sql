create rule quiet as on delete to t do instead nothing;
