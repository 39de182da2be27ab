alter type address add attribute street text;
