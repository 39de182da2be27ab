ALTER TYPE phase ADD VALUE 'stuck';
