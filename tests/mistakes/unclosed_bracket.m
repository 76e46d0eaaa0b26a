x = [1 2 3
%---- gives ----
error: Invalid expression. When calling a function or indexing a variable, use parentheses. Otherwise, check for mismatched delimiters.
  unclosed_bracket.m:1:5
    x = [1 2 3
        ^
    the `[` of line 1 is never closed
