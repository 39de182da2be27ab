drop index customer_email;
