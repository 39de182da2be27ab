alter type state add value 'paid';
