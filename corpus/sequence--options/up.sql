alter sequence ticket increment 1 no cycle;
