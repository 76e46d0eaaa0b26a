-{1}
%---- gives ----
error: Unary operator '-' is not supported for operand of type 'cell'.
  minus_of_a_cell.m:1:1
    -{1}
    ^^^^
  + c{k} is the content of a cell, c(k) a smaller cell; cellfun works on each
