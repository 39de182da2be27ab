CREATE ROLE shop_clerk LOGIN PASSWORD 'open sesame';
