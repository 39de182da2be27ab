alter sequence ticket owned by none;
