x = 5 + {1};
%---- gives ----
error: Operator '+' is not supported for operands of type 'cell'.
  text_into_a_number.m:1:7
    x = 5 + {1};
        - ^ ---
  + c{k} is the content of a cell, c(k) a smaller cell; cellfun works on each
