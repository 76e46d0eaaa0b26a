if {1} == 1, end
%---- gives ----
error: Operator '==' is not supported for operands of type 'cell'.
  cell_compare.m:1:8
    if {1} == 1, end
       --- ^^ -
  + c{k} is the content of a cell, c(k) a smaller cell; cellfun works on each
