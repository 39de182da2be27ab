alter type state rename value 'posted' to 'sent';
