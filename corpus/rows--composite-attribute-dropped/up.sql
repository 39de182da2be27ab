alter type address drop attribute zip cascade;
