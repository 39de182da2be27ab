alter type state add value if not exists 'sent';
