alter type state rename value 'sent' to 'posted';
