ALTER TYPE medium ADD VALUE 'fax';
