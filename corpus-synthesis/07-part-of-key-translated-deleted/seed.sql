INSERT INTO hosts VALUES ('0f3c1b52-9a61-4d0e-8f0a-6f2f6c1d7a01', 'alpha'), ('1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', 'beta');
INSERT INTO grants VALUES (1, 'ann', '0f3c1b52-9a61-4d0e-8f0a-6f2f6c1d7a01', 'owner'), (2, 'ann', '1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', 'guest'), (3, 'bo', '1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', 'owner');
