y = magic(3)(2)
%---- gives ----
error: ()-indexing must appear last in an index expression.
  index_a_result.m:1:13
    y = magic(3)(2)
                ^
