alter type mood add value 'fine';
