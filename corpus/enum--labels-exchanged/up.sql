alter type state rename value 'draft' to 'x';
alter type state rename value 'sent' to 'draft';
alter type state rename value 'x' to 'sent';
alter type state rename value 'paid' to 'settled';
