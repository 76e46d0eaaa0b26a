p = inputParser;
addParameter(p, 'Rate', 1);
parse(p, 'Speed', 2);
%---- gives ----
error: 'Speed' is not a recognized parameter. For a list of valid name-value pair arguments, see the documentation for this function.
  parser_knows_no_such_name.m:3:1
    parse(p, 'Speed', 2);
    ^^^^^^^^^^^^^^^^^^^^
    known: Rate
