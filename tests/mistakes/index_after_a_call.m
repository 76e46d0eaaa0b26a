y = fliplr(1:3)(2)
%---- gives ----
error: ()-indexing must appear last in an index expression.
  index_after_a_call.m:1:16
    y = fliplr(1:3)(2)
                   ^
