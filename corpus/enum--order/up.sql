alter type state add value 'seen' after 'sent';
