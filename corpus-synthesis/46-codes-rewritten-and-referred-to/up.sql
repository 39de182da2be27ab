UPDATE countries SET code = 'GB' WHERE code = 'UK';
