insert into pattern values ('381df2a9-c0c0-4749-420f-80a9280c66f9', 'It failed');
