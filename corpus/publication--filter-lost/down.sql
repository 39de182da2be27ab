alter publication feed add table quote;
