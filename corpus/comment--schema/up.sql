comment on schema public is 'ours';
