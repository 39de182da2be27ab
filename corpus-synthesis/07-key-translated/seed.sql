INSERT INTO shops VALUES ('0f3c1b52-9a61-4d0e-8f0a-6f2f6c1d7a01', 'north'), ('1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', 'south');
INSERT INTO tills VALUES ('2b1f8a90-77c4-4a5e-9d3b-0c9e8d7f6a03', '0f3c1b52-9a61-4d0e-8f0a-6f2f6c1d7a01', 'A1'), ('3c2e9b81-66d5-4b4f-8e2c-1d8f9e6a5b04', '1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', 'A1');
INSERT INTO sales VALUES (1, '0f3c1b52-9a61-4d0e-8f0a-6f2f6c1d7a01', '2b1f8a90-77c4-4a5e-9d3b-0c9e8d7f6a03'), (2, '1e2d3c4b-5a69-4788-97a6-b5c4d3e2f102', '3c2e9b81-66d5-4b4f-8e2c-1d8f9e6a5b04');
