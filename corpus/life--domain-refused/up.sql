alter domain code drop constraint short;
