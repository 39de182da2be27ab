alter type address add attribute zip text cascade;
