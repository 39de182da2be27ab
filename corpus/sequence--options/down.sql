alter sequence ticket increment 5 cycle;
